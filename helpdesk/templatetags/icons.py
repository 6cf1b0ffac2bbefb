"""The icon set: own drawings on a 20 x 20 grid, stroke 1.6. Name -> SVG content."""

ICONS = {
    "inbox": (
        '<path d="M3 11.5 5.2 4.6A1 1 0 0 1 6.2 4h7.6a1 1 0 0 1 1 .6L17 11.5V15a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 3 15z"/><path d="M3 11.5h4l1 2h4l1-2h4"/>'
    ),
    "home": (
        '<path d="M3.5 9 10 3.5 16.5 9v6.5a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1z"/><path d="M8 16.5v-5h4v5"/>'
    ),
    "plus": ('<path d="M10 4v12M4 10h12"/>'),
    "search": ('<circle cx="9" cy="9" r="5.2"/><path d="m13 13 4 4"/>'),
    "user": ('<circle cx="10" cy="7" r="3.2"/><path d="M3.8 16.8a6.3 6.3 0 0 1 12.4 0"/>'),
    "user-plus": (
        '<circle cx="8" cy="7" r="3"/><path d="M2.3 16.5a5.8 5.8 0 0 1 11.4 0M15.5 6.5v5M13 9h5"/>'
    ),
    "user-minus": ('<circle cx="8" cy="7" r="3"/><path d="M2.3 16.5a5.8 5.8 0 0 1 11.4 0M13 9h5"/>'),
    "users": (
        '<circle cx="7.8" cy="7.4" r="2.8"/><path d="M2.5 16a5.4 5.4 0 0 1 10.6 0M13 4.9a2.8 2.8 0 0 1 0 5M15 12.2a5 5 0 0 1 2.6 3.8"/>'
    ),
    "gear": (
        '<circle cx="10" cy="10" r="2.6"/><path d="M10 2.6v2.2M10 15.2v2.2M2.6 10h2.2M15.2 10h2.2M4.8 4.8l1.5 1.5M13.7 13.7l1.5 1.5M15.2 4.8l-1.5 1.5M6.3 13.7l-1.5 1.5"/>'
    ),
    "eye": (
        '<path d="M2.5 10S5.2 5 10 5s7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5z"/><circle cx="10" cy="10" r="2.2"/>'
    ),
    "keys": (
        '<rect x="2.5" y="5" width="15" height="10" rx="1.5"/><path d="M5.5 8h.01M8.5 8h.01M11.5 8h.01M14.5 8h.01M7 12h6"/>'
    ),
    "clock": ('<circle cx="10" cy="10" r="6.8"/><path d="M10 6.2V10l2.6 1.8"/>'),
    "check": ('<path d="m4.5 10.5 3.5 3.5 7.5-8"/>'),
    "x": ('<path d="m5 5 10 10M15 5 5 15"/>'),
    "down": ('<path d="m5.5 8 4.5 4.5L14.5 8"/>'),
    "up": ('<path d="m5.5 12.5 4.5-4.5 4.5 4.5"/>'),
    "right": ('<path d="m8 5.5 4.5 4.5L8 14.5"/>'),
    "left": ('<path d="M12 5.5 7.5 10l4.5 4.5"/>'),
    "lock": ('<rect x="4.5" y="9" width="11" height="7.5" rx="1.5"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>'),
    "shield": (
        '<path d="M10 2.8 16 5v4.6c0 3.6-2.4 6.3-6 7.6-3.6-1.3-6-4-6-7.6V5z"/><path d="m7.4 10 1.9 1.9 3.4-3.7"/>'
    ),
    "box": (
        '<path d="m10 2.8 6.5 3.4v7.6L10 17.2l-6.5-3.4V6.2z"/><path d="M3.5 6.2 10 9.7l6.5-3.5M10 9.7v7.5"/>'
    ),
    "phone": ('<rect x="6" y="2.8" width="8" height="14.4" rx="1.6"/><path d="M9 14.8h2"/>'),
    "printer": (
        '<path d="M6 7.5v-4h8v4"/><rect x="3" y="7.5" width="14" height="6" rx="1.2"/><path d="M6 11.5h8v5H6z"/>'
    ),
    "window": (
        '<rect x="3.5" y="3.5" width="13" height="13" rx="2"/><path d="M3.5 7.5h13M6 5.5h.01M8 5.5h.01"/>'
    ),
    "mail": ('<rect x="3" y="4.5" width="14" height="11" rx="1.5"/><path d="m3.5 6 6.5 5 6.5-5"/>'),
    "star": (
        '<path d="m10 3 2.15 4.45 4.85.68-3.52 3.4.85 4.84L10 14.07l-4.33 2.3.85-4.84L3 8.13l4.85-.68z"/>'
    ),
    "laptop": ('<rect x="4" y="4.5" width="12" height="8.5" rx="1.2"/><path d="M2.5 15.7h15"/>'),
    "wifi": (
        '<path d="M2.8 8.3a10.3 10.3 0 0 1 14.4 0M5.3 11a6.7 6.7 0 0 1 9.4 0M7.8 13.5a3.2 3.2 0 0 1 4.4 0"/><circle cx="10" cy="15.7" r=".7" fill="currentColor"/>'
    ),
    "key": ('<circle cx="7" cy="13" r="3.3"/><path d="m9.4 10.6 6.6-6.6M13 7l2.3 2.3"/>'),
    "help": (
        '<circle cx="10" cy="10" r="6.8"/><path d="M8 8a2 2 0 1 1 3 1.8c-.7.4-1 .8-1 1.5M10 13.7h.01"/>'
    ),
    "alert": ('<path d="M10 3.5 17.3 16H2.7z"/><path d="M10 8.2v3.6M10 13.9h.01"/>'),
    "info": ('<circle cx="10" cy="10" r="6.8"/><path d="M10 9.3v4M10 6.7h.01"/>'),
    "trash": ('<path d="M3.5 5.5h13M8 5.5v-2h4v2M5 5.5l.8 11h8.4l.8-11M8.5 8.5v5M11.5 8.5v5"/>'),
    "more": ('<path d="M5 10h.01M10 10h.01M15 10h.01" stroke-width="2.4"/>'),
    "theme": (
        '<circle cx="10" cy="10" r="6.8"/><path d="M10 3.2a6.8 6.8 0 0 1 0 13.6z" fill="currentColor"/>'
    ),
    "menu": ('<path d="M3.5 6h13M3.5 10h13M3.5 14h13"/>'),
    "out": ('<path d="M8 4H4.5a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1H8M12.5 6.5 16 10l-3.5 3.5M16 10H8"/>'),
    "filter": ('<path d="M3 5.5h14M5.5 10h9M8 14.5h4"/>'),
    "hist": ('<path d="M3.5 10a6.5 6.5 0 1 0 2.2-4.9L3.5 7M3.5 3.5V7H7"/><path d="M10 6.8V10l2.2 1.5"/>'),
    "edit": ('<path d="m12.8 4 3.2 3.2L7.2 16H4v-3.2z"/><path d="m10.8 6 3.2 3.2"/>'),
    "tag": ('<path d="M3.5 9.5v-6h6l7 7-6 6z"/><path d="M6.7 6.7h.01" stroke-width="2.2"/>'),
    "msg": (
        '<path d="M3 5a1.5 1.5 0 0 1 1.5-1.5h11A1.5 1.5 0 0 1 17 5v7a1.5 1.5 0 0 1-1.5 1.5H9L5 16.8v-3.3h-.5A1.5 1.5 0 0 1 3 12z"/>'
    ),
    "send": ('<path d="M16.8 3.2 3.2 8.3l5.6 2.9 2.9 5.6z"/><path d="m8.8 11.2 3.4-3.4"/>'),
    "bell": (
        '<path d="M5 14.2V9a5 5 0 0 1 10 0v5.2l1.5 1.3h-13z"/><path d="M8.4 17.6a1.9 1.9 0 0 0 3.2 0"/>'
    ),
    "bell-off": (
        '<path d="M6.6 5.4A5 5 0 0 1 15 9v4.6M13.6 15.5H3.5L5 14.2V9c0-.5.1-1 .2-1.4M3.5 3.5l13 13"/>'
        '<path d="M8.4 17.6a1.9 1.9 0 0 0 3.2 0"/>'
    ),
    "clip": (
        '<path d="m15.5 9.5-5.8 5.8a3.3 3.3 0 0 1-4.7-4.7L11 4.6a2.2 2.2 0 0 1 3.1 3.1l-5.7 5.7a1.1 1.1 0 0 1-1.6-1.6l5-5"/>'
    ),
    "hand": (
        '<path d="M6 10V5.2a1.2 1.2 0 0 1 2.4 0V9m0-5.2a1.2 1.2 0 0 1 2.4 0V9m0-4a1.2 1.2 0 0 1 2.4 0v5m0-2.5a1.2 1.2 0 0 1 2.3.3v4.2a5 5 0 0 1-5 5c-2.3 0-3.6-1-4.5-2.8L3.6 10.7a1.2 1.2 0 0 1 2-1.3L6 10"/>'
    ),
    "chart": ('<path d="M3.5 3.5v13h13"/><path d="M7.5 13.5V10M11 13.5V6.5M14.5 13.5V9"/>'),
    "file": ('<path d="M5 2.8h6.5L15 6.3v10.9H5z"/><path d="M11.3 3v3.5h3.5"/>'),
    "image": (
        '<rect x="3" y="4" width="14" height="12" rx="1.5"/><circle cx="7" cy="8" r="1.2"/><path d="m3.5 14.5 4-3.5 3 2.5 3-3 3 3"/>'
    ),
    "s-open": ('<circle cx="10" cy="10" r="6.5" stroke-dasharray="2.6 2.5" stroke-width="2"/>'),
    "s-in_progress": (
        '<circle cx="10" cy="10" r="6.5" stroke-width="2"/><path d="M10 6a4 4 0 0 1 0 8z" fill="currentColor" stroke="none"/>'
    ),
    "s-on_hold": (
        '<circle cx="10" cy="10" r="6.5" stroke-width="2"/><path d="M8.2 7.5v5M11.8 7.5v5" stroke-width="2"/>'
    ),
    "s-resolved": (
        '<circle cx="10" cy="10" r="7.5" fill="currentColor" stroke="none"/><path d="m6.8 10.3 2.2 2.2 4.3-4.6" stroke="var(--pill-bg,var(--hd-surface))" stroke-width="1.9"/>'
    ),
    "s-closed": ('<circle cx="10" cy="10" r="6.5" stroke-width="2"/><path d="M7 10h6" stroke-width="2"/>'),
}
