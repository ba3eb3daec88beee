"""What people send besides text: a sample of each kind, with the fields that a bot reads."""

from bot.sandbox.world.wire import Json


def _file(name: str, **fields: object) -> Json:
    return {"file_id": f"sandbox-{name}", "file_unique_id": name, "file_size": 1024, **fields}


def location(latitude: float, longitude: float) -> Json:
    return {"location": {"latitude": latitude, "longitude": longitude}}


SAMPLES: dict[str, Json] = {
    "photo": {"photo": [_file("photo", width=90, height=90)]},
    "sticker": {
        "sticker": _file(
            "sticker",
            type="regular",
            width=512,
            height=512,
            is_animated=False,
            is_video=False,
            emoji="💪",
        )
    },
    "voice": {"voice": _file("voice", duration=3)},
    "audio": {"audio": _file("audio", duration=3)},
    "video": {"video": _file("video", width=90, height=90, duration=3)},
    "video_note": {"video_note": _file("video_note", length=90, duration=3)},
    "animation": {"animation": _file("animation", width=90, height=90, duration=3)},
    "document": {"document": _file("document", file_name="plan.pdf", mime_type="application/pdf")},
    "contact": {"contact": {"phone_number": "+10000000", "first_name": "Ann"}},
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
    "location": location(52.52, 13.405),
}
