"""Hand-made image features and a support vector machine: what was usual before networks, and a comparator here."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_gradient_magnitude, gaussian_laplace
from scipy.stats import kurtosis, skew
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from ..contract import CROP

PERCENTILES = (5, 25, 50, 75, 95)


def regions(fov_mm: float, diameter_mm: float, size: int = CROP.size) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The lesion as a disc of its measured diameter, and the ring around it of a quarter of it."""
    offset = (np.arange(size) - (size - 1) / 2) * fov_mm / size
    r = np.hypot(offset[None], offset[:, None])
    disc = r <= diameter_mm / 2
    return disc, (r <= diameter_mm * 0.625) & ~disc


def features(image: NDArray[np.float32], fov_mm: float, diameter_mm: float) -> NDArray[np.float64]:
    """First-order statistics, edges and blobs of every channel in the disc and in the ring; heterogeneity between them."""
    found: list[float] = []
    disc, ring = regions(fov_mm, diameter_mm)
    for channel in np.asarray(image, np.float32):
        edges, blobs = gaussian_gradient_magnitude(channel, 1.5), gaussian_laplace(channel, 2.0)
        for region in (disc, ring):
            x = channel[region]
            counts = np.histogram(x, bins=24, range=(-CROP.clip, CROP.clip))[0] / max(x.size, 1)
            entropy = float(-(counts[counts > 0] * np.log(counts[counts > 0])).sum())
            spread = float(x.std())
            shape = (float(skew(x)), float(kurtosis(x))) if spread > 1e-6 else (0.0, 0.0)
            found += [float(x.mean()), spread, *shape, entropy, *np.percentile(x, PERCENTILES).tolist()]
            found += [float(edges[region].mean()), float(np.abs(blobs[region]).mean())]
        found.append(float(channel[disc].mean() - channel[ring].mean()))
    return np.array(found)


def support_vector_machine() -> Pipeline:
    """Radial basis functions; strength and width are scikit-learn's defaults, fixed before any result was seen."""
    return make_pipeline(StandardScaler(), SVC(C=1.0, kernel="rbf", gamma="scale"))
