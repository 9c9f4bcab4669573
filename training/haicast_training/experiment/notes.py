"""Honest remarks for manifest and card, with the measured figures, in English and in Chinese."""

from __future__ import annotations

from typing import Any

TRAITS = {
    "enhancement": "强化",
    "necrosis": "坏死",
    "washout": "廓清",
    "capsule": "包膜",
    "margin": "边缘",
    "satellites": "卫星灶",
    "thrombus": "癌栓",
    "fat": "脂肪",
}


def _figures(results: dict[str, Any]) -> tuple[Any, ...]:
    external = next(row for row in results["shipped"] if row["cohort"] == "external")
    shuffled = next(row for row in results["auc"] if "shuffled" in row["name"])
    return results["localisation"]["additive map"], results["flatness"], external, shuffled, results["traits"]["external"]


def notes(results: dict[str, Any]) -> list[str]:
    place, flat, external, shuffled, traits = _figures(results)
    return [
        "All patients are simulated; the figures say how well the method recovers a known generative model.",
        f"External simulated cohort (other scanners, lower prevalence): AUC {external['auc']['value']:.3f}, "
        f"oracle {external['oracleAuc']:.3f}.",
        f"With images shuffled between patients the external AUC falls to {shuffled['external']['value']:.3f}.",
        f"The strongest cell of the map holds tumour in {place['pointing']:.1%} of {place['n']} external patients "
        f"(chance {place['chance_pointing']:.1%}); in {place['strict']:.1%} more than half of it is tumour.",
        "That rule (at least a tenth of the cell), the trunk and the head were fixed before the external cohort was evaluated "
        "(training/PROTOCOL.md).",
        f"On crops without a lesion the map's strongest cell has {flat['peak_free']:.3f} log-odds "
        f"(with a lesion {flat['peak_lesion']:.3f}).",
        "Correlation of the traits as read with the truth, external: "
        + ", ".join(f"{name} {value:.2f}" for name, value in traits.items())
        + ".",
    ]


def chinese(results: dict[str, Any]) -> dict[str, Any]:
    """Keys of `translations` in the manifest; the notes in the order of `notes`."""
    place, flat, external, shuffled, traits = _figures(results)
    return {
        "name": "InceptionV4，模拟患者",
        "trainingCohort": "模拟开发队列（本院扫描仪），经 DICOM 与 `haicast prepare` 处理",
        "notes": [
            "所有患者均为模拟；各数值说明该方法在多大程度上复原了已知的生成模型。",
            f"外部模拟队列（其他扫描仪，缓解率较低）：AUC {external['auc']['value']:.3f}，理论最佳 {external['oracleAuc']:.3f}。",
            f"将图像在患者之间打乱后，外部队列 AUC 降至 {shuffled['external']['value']:.3f}。",
            f"{place['n']} 例外部患者中，证据图最强的一格含有肿瘤者占 {place['pointing']:.1%}"
            f"（随机为 {place['chance_pointing']:.1%}）；其中一半以上为肿瘤者占 {place['strict']:.1%}。",
            "该规则（至少占一格的十分之一）、主干网络与输出层在评估外部队列之前即已确定（training/PROTOCOL.md）。",
            f"在没有病灶的图块上，证据图最强的一格为 {flat['peak_free']:.3f} 对数几率（有病灶时为 {flat['peak_lesion']:.3f}）。",
            "所读特征与真值的相关系数（外部队列）："
            + "，".join(f"{TRAITS[name]} {value:.2f}" for name, value in traits.items())
            + "。",
        ],
    }
