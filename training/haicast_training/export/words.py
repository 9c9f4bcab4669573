"""What a package says in words, in Chinese; the English words stand where they always did."""

from __future__ import annotations

from typing import Any

#: Keys of `translations` in the manifest (`src/shared/model/manifest.ts`).
CHINESE: dict[str, Any] = {
    "event": "客观缓解",
    "thresholdMethod": "训练队列折外概率的约登指数",
    "cohorts": {
        "development": "开发队列",
        "external": "外部队列",
        "internal validation": "内部验证",
        "cross-validation": "交叉验证",
        "cross-validation (development)": "交叉验证（开发队列）",
        "paper cohort, all 191": "论文规模队列，全部 191 例",
        "held out: internal": "留出患者：内部",
        "held out: external": "留出患者：外部",
    },
}
INTERVAL_METHODS = {
    "bootstrap refits of the head": "输出层的自助法重抽样拟合",
    "bootstrap refits of the head, widened by the error of the log-odds in cross-validation": "输出层的自助法重抽样拟合，按交叉验证中对数几率的误差加宽",
}


def translations(interval_method: str, width: float, own: dict[str, Any]) -> dict[str, Any]:
    """``own``: what only this package says (name, cohort, notes), by the same keys."""
    chinese = {
        **CHINESE,
        "architecture": f"InceptionV4（宽度 {width:g}，same 填充，reduction B 步长为 1），加性输出层",
        "intervalMethod": INTERVAL_METHODS.get(interval_method, interval_method),
        **own,
    }
    return {"zh-CN": chinese}
