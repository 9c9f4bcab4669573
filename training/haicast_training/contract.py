"""What Python and the application agree on. The application's side is `src/shared/model/manifest.ts`."""

from __future__ import annotations

from dataclasses import dataclass

#: Image roles of the method (Quan et al. 2024) in the model's channel order.
ROLES = ("arterial", "portal-venous", "delayed", "t2", "in-phase", "opposed-phase")


@dataclass(frozen=True)
class CropSpec:
    """Axial plane through the centre of the index lesion's long axis. Lengths in mm, ``size`` in pixels."""

    size: int = 128
    fov_per_diameter: float = 2.1
    fov_min_mm: float = 80.0
    fov_max_mm: float = 230.0
    clip: float = 8.0

    def fov_mm(self, diameter_mm: float) -> float:
        return float(min(max(self.fov_per_diameter * diameter_mm, self.fov_min_mm), self.fov_max_mm))


CROP = CropSpec()
