"""The two themes: calm, fit for a shared screen, every text at a contrast of 7:1 or more against what it stands on."""

from __future__ import annotations

from textual.theme import Theme


def _theme(
    name: str, *, dark: bool, text: str, muted: str, accent: str, warning: str, page: str, band: str, chosen: str
) -> Theme:
    return Theme(
        name,
        primary=accent,
        secondary=accent,
        accent=accent,
        foreground=text,
        background=page,
        surface=page,
        panel=band,
        warning=warning,
        error=warning,
        success=accent,
        dark=dark,
        variables={
            "text": text,
            "text-muted": muted,
            "selection": chosen,
            "selection-text": text,
            "band": band,
            "input-cursor-background": text,
            "input-cursor-foreground": page,
            "input-cursor-text-style": "none",
            "input-selection-background": chosen,
            "scrollbar": muted,
            "scrollbar-hover": accent,
            "scrollbar-active": accent,
            "scrollbar-background": page,
            "scrollbar-background-hover": page,
            "scrollbar-background-active": page,
            "scrollbar-corner-color": page,
        },
    )  # fmt: skip


DARK = _theme(
    "lrtui-dark",
    dark=True,
    text="#e8ebef",
    muted="#adb8c4",
    accent="#86c5ff",
    warning="#ffcb7d",
    page="#11161b",
    band="#1c242c",
    chosen="#22394f",
)
LIGHT = _theme(
    "lrtui-light",
    dark=False,
    text="#15191e",
    muted="#414a55",
    accent="#0b3d78",
    warning="#6a3300",
    page="#fdfdfc",
    band="#eef0f2",
    chosen="#d6e6f7",
)
THEMES = (DARK, LIGHT)
