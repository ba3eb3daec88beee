"""Names that vulture takes for unused, and why each of them stays."""

# Read by what they are called, or one after the other.
_.SEE_SOMEONE  # an urgency: a tap carries the value
(
    _.ZERO,
    _.ONE,
    _.TWO,
    _.THREE,
    _.FOUR,
    _.FIVE,
    _.SIX,
    _.SEVEN,
    _.EIGHT,
    _.NINE,
    _.TEN,
)  # of a pain score
_.TUESDAY, _.WEDNESDAY, _.THURSDAY, _.FRIDAY  # days of the week
_.https_proxy, _.http_proxy  # settings: by the scheme of the server's address
_.sideways, _.rotation, _.eversion, _.toe_out, _.heel_up, _.elbow_out  # angles of a pose
_.shoulder_abd, _.shoulder_rotation, _.hand_on, _.hand_at, _.twist, _.side_bend, _.nod
_.medium_long, _.strides, _.ride, _.game, _.better, _.cleared_ask  # lists of words in content

# Kept for what holding them does.
_._idle_end  # a reference to the task, which the loop alone would not keep

# Called by a library.
_.parse_json_payload  # of a request, by python-telegram-bot

# Read elsewhere than in the coach.
_.webhook_reach  # by the sandbox
