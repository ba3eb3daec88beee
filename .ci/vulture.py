"""Names that vulture takes for unused, and why each of them stays."""

# What the next features stand on.
suggest_plan  # the plan that adapts to what a runner keeps to: one session more or fewer a week,
_.Adherence  # with what it looks at, and
_.SESSIONS_A_WEEK  # how many a phase of the season has at most
RED_FLAGS  # the questions about warning signs: which sign asks for what,
_.red_flag  # the rule that holds all back until one is cleared,
_.light_allowed  # what a region may do while it rests
_.fever  # the longer gap after an illness with fever
_.phases  # the phases of a season that a routine suits

# Read by what they are called, or one after the other.
_.ONE_SIDED, _.BETTER, _.BOTH  # kinds of pain, answers, sides: a tap carries the value
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
_.DAYS  # an urgency: its message is named by its value
_.TUESDAY, _.WEDNESDAY, _.THURSDAY, _.FRIDAY  # days of the week
_.https_proxy, _.http_proxy  # settings: by the scheme of the server's address
_.sideways, _.rotation, _.eversion, _.toe_out, _.heel_up, _.elbow_out  # angles of a pose
_.shoulder_abd, _.shoulder_rotation, _.hand_on, _.hand_at, _.twist, _.side_bend, _.nod

# Kept for what holding them does.
_._idle_end  # a reference to the task, which the loop alone would not keep

# Called by a library.
_.parse_json_payload  # of a request, by python-telegram-bot

# Read elsewhere than in the coach.
_.doi  # by authors, in the file of the evidence
_.webhook_reach  # by the sandbox
