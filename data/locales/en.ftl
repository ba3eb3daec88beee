# Every sentence the coach says in English. A message's variables are in braces; leave them as they are.

## Buttons

button-start = Start
button-done = Done
button-skip = Skip
button-back = Back
button-pause = Pause
button-resume = Resume
button-how = How?
button-hurt = Something hurts
button-ache = An ache on both sides
button-pain-dull = Dull pain
button-pain-sharp = Sharp or one-sided
button-pain-joint = In a joint
button-pain-bone = On a bone
button-sign-now = I have it now
button-sign-not-now = Not me, not now
button-not-me = Not me, not now
button-sign-lift = I don't have it
button-flags = A warning sign
button-flag-emergency = One of the first list
button-flag-see-someone = One of the second list
button-hurt-again = ‹ Back
button-leave-out = Leave it out
button-agreed-on = Agreed: { $region }
button-region-foot-ankle = Foot or ankle
button-region-shin-calf = Shin or calf
button-region-knee = Knee
button-region-thigh = Thigh
button-region-hip-groin = Hip or groin
button-region-back = Lower or upper back
button-region-shoulder-arm = Shoulder or arm
button-region-elsewhere = Elsewhere
button-morning-worse = Worse
button-morning-same = The same
button-morning-better = Better
button-swap = Swap
button-swap-back = Swap back
button-swap-today = { $number }: today
button-swap-always = { $number }: always
button-stop = Stop
button-more = +15 s
button-options = More
button-go = Go now
button-own-pace = My own pace
button-hands-free = Hands-free
button-sound = Sound test
button-go-on = Go on
button-start-over = Start over
button-easy = Easy
button-right = Just right
button-hard = Too hard
button-each = Per exercise
button-why-skipped = Why skipped?
button-skipped-time = No time
button-skipped-kit = No kit for it
button-skipped-dislike = I dislike it
button-skipped-pain = It hurt
button-understand = I understand
button-applies = One applies to me
button-agreed = A clinician agreed
button-safety = Safety
button-switch = Start { $name } instead
button-other-time = Another time
button-pick-days = Choose days
button-leave = Leave it
button-later = In 1 hour
button-not-today = Not today
button-exercises = All exercises
button-share = Share
button-open = Open in Band Coach
button-part-overview = Overview
button-part-how = How?
button-part-mistakes = Mistakes
button-part-levels = Easier / harder
button-part-muscles = Muscles
button-part-safety = Safety
button-part-why = Why?
button-routines = Routines
button-turn-off = Turn off
button-reminders-on = Turn them on again
button-suit-time = Another time
button-suit-days = Fewer days
button-suit-break = A break
button-suit-keep = Keep them
button-save = Save
button-earlier = − 15 min
button-later-time = + 15 min
button-hour-earlier = − 1 h
button-hour-later = + 1 h
button-erase = Erase everything
button-keep = Keep it
button-again = Try again
button-private = Open the private chat
button-share-place = Share where I am
button-away-week = 1 week
button-away-fortnight = 2 weeks
button-away-days = 3 days
button-am-back = I am back
button-namesakes = Another place of this name
button-no-place = None of these
button-kind-mini-band = Mini band
button-kind-hip-circle = Hip circle
button-kind-long-loop = Long loop
button-kind-long-band = Long band
button-kind-door-anchor = Door anchor or firm post
button-strength-extra-light = Extra light
button-strength-light = Light
button-strength-medium = Medium
button-strength-heavy = Heavy
button-colour = Colour …
button-colour-none = No colour
button-bands-none = I own none
button-bands-back = ‹ Back
button-bands-done = That is all

## Words that people type instead of tapping, separated by commas

word-begin = start, go, begin
word-done = done, next, finished, ok, okay, ready, yes, n
word-skip = skip, pass
word-back = back, previous, undo
word-pause = pause, wait, hold on
word-resume = resume, continue, go on
word-how = how, how?, explain
word-hurt = something hurts, hurts, it hurts, pain, ouch
word-ache = an ache on both sides, ache, an ache, sore, soreness, muscle ache, both sides
word-pain-dull = dull pain, dull, a dull pain
word-pain-sharp = sharp or one-sided, sharp, sharp pain, stabbing
word-pain-one-sided = one-sided, one sided, one side
word-pain-joint = in a joint, joint, joint pain
word-pain-bone = on a bone, bone, bone pain
word-flags = a warning sign, warning sign, warning, warnings, numb
word-region-foot-ankle = foot or ankle, foot, ankle, feet, ankles, heel, toe, achilles
word-region-shin-calf = shin or calf, shin, calf, shins, calves, lower leg
word-region-knee = knee, knees, my knee, left knee, right knee
word-region-thigh = thigh, thighs, hamstring, hamstrings, quad, quads
word-region-hip-groin = hip or groin, hip, groin, hips, buttock, glute, glutes
word-region-back = lower or upper back, lower back, upper back, my back, spine
word-region-shoulder-arm = shoulder or arm, shoulder, arm, shoulders, arms, elbow, wrist, hand
word-region-elsewhere = elsewhere, somewhere else, neck, head, ribs, belly, chest
word-morning-worse = worse, it is worse, it's worse
word-morning-same = the same, same
word-morning-better = better, it is better, it's better, gone
word-swap = swap, change, something else, another exercise, another one
word-swap-back = swap back
word-stop = stop, end, quit
word-more = +15 s, +15, 15, more, more time, longer
word-own-pace = my own pace, own pace
word-hands-free = hands-free, hands free, handsfree
word-easy = easy
word-right = just right, right
word-hard = too hard, hard
word-no = no, cancel, never mind, nevermind, not now, leave it, none of these, none, neither
word-yes = yes, yes please, yep, yeah, y
word-date-until = until, till, til, to
word-date-for = for, in
word-date-this = this, current
word-date-next = next
word-date-end = end
word-date-week = week
word-date-month = month
word-date-year = year
word-date-weekend = weekend
word-date-today = today
word-date-christmas = christmas, xmas, christmas day
word-date-new-year = new year, new years, new year's, new year's day
word-date-filler = the, of, on, at, and
word-date-ordinal = st, nd, rd, th
word-off = off, none, stop, never
word-monday = mon, monday, mondays, mo
word-tuesday = tue, tues, tuesday, tuesdays, tu
word-wednesday = wed, weds, wednesday, wednesdays, we
word-thursday = thu, thur, thurs, thursday, thursdays, th
word-friday = fri, friday, fridays, fr
word-saturday = sat, saturday, saturdays, sa
word-sunday = sun, sunday, sundays, su
word-weekdays = weekdays, weekday, workdays
word-weekend = weekend, weekends
word-daily = daily, everyday, every-day, every day, each day, all days
word-until = to, till, until, through
word-letters-monday = m
word-letters-tuesday = t, tu
word-letters-wednesday = w
word-letters-thursday = t, th
word-letters-friday = f
word-letters-saturday = s, sa
word-letters-sunday = s, su
word-filler = at, on, and, every, each, in, the, o'clock, oclock, then, please, me, remind, around, about, ish, days, day, time, for, no, instead, make, it, rather, actually
word-noon = noon, midday
word-midnight = midnight
word-part-morning = morning, mornings, before work, early
word-part-lunch = lunch, lunchtime, lunch time, lunch break, lunchtimes, at lunch
word-part-afternoon = afternoon, afternoons
word-part-evening = evening, evenings, night, nights, after work
word-number-1 = one
word-number-2 = two
word-number-3 = three
word-number-4 = four
word-number-5 = five
word-number-6 = six
word-number-7 = seven
word-number-8 = eight
word-number-9 = nine
word-number-10 = ten
word-number-11 = eleven
word-number-12 = twelve
word-number-15 = fifteen
word-number-30 = thirty
word-number-45 = forty-five, forty five
word-half-past = half past, half
word-quarter-past = quarter past, a quarter past
word-quarter-to = quarter to, a quarter to
word-mini-band = mini, mini band, mini loop, mini resistance band, small band, small loop, short loop
word-hip-circle = hip circle, hip band, hip loop, fabric band, fabric loop, booty band, glute band
word-long-loop = long loop, power band, pull up band, pullup band, superband, super band, big loop, large loop
word-long-band = long band, tube, tube band, resistance tube, strip, theraband, thera band, therapy band, flat band
word-door-anchor = door anchor, anchor, door, door strap, post, firm post
word-extra-light = extra light, very light, x light, lightest
word-light = light, easy, weak
word-medium = medium, middle, mid, med
word-heavy = heavy, strong, hard, extra heavy, very heavy, x heavy, extra strong, very strong, heaviest
word-bands-none = none, no, nothing, no band, no bands, i own none, i have none, zero, 0
word-bands-filler = a, an, the, my, one, i, have, own, band, bands, loop, loops, resistance, colour, color, in, is, it, called, with, and, or, please
word-bands-joining = and, plus, &, +

## The menu and what the bot says of itself

command-start = welcome, safety, your first session
command-exercise = how an exercise is done, such as /exercise deadbug
command-routine = start a session, or go on with the running one
command-reminders = training days and times
command-timezone = where you are, for the right local time
command-away = no reminders for a while
command-bands = which bands you own, so that sessions fit them
command-progress = what you have done
command-stop = end the running session
command-privacy = what is kept about you, and why
command-export = everything kept about you, as a file
command-delete = erase everything about you
command-help = every command on one screen
group-command-exercise = how an exercise is done, such as /exercise deadbug
group-command-help = what I can do in a group

about-short = Short resistance-band sessions for distance runners: clear exercises, guided routines, reminders on your days.
about =
    Strength work for distance runners, with one or two resistance bands and 6 to 15 minutes.

    I explain every exercise, walk you through a session one step at a time, and remind you on your training days.

    Tap Start.

## Welcome and safety

welcome =
    Hello { $name }, I am Band Coach. I take you through short resistance-band sessions that build hip and core strength for running, one step at a time. Before the first one, please read this.
welcome-back = Hello { $name }. Your next session is ready when you are.
safety =
    <b>Before you start</b>

    See a doctor or physiotherapist before you begin new strenuous exercise. Above all if any of these is true for you:
    • a heart condition or high blood pressure, or medicine for either
    • chest pain, at rest or in effort
    • fainting, or dizziness that costs you your balance
    • a bone, joint or soft-tissue problem that exercise could make worse
    • another lasting illness
    • you are pregnant, or gave birth in the last 12 months
    • you had surgery in the last 6 months
    • you are under 18 (train with an adult), or over 69 and not active
    • you are allergic to latex: many bands are latex; fabric or latex-free ones exist

    <b>While you train</b>
    • Stop an exercise at sharp or one-sided pain, or pain in a joint or bone.
    • Stop and get emergency help for chest pain, fainting or unusual breathlessness.
    • Never hold your breath.
    • Expect to be sore for one to three days.
    • Check the band for nicks before each session, and keep it out of line with your face.

    If none of the first list applies to you, tap I understand. Otherwise tap One applies to me.
safety-waiting = You said that a condition or a warning sign applies to you. Please ask a doctor or physiotherapist first; show them the exercises if you like, /exercise explains each. Sessions wait until you tell me that they agreed.
safety-ask-again = You have been away for eight weeks or more. So before we start afresh, gently, please read this once more:
safety-ask-first = One question before any session:
safety-applies = You said: one applies. Please ask a doctor or physiotherapist first.
safety-clear = You said: none applies. Should that change, /start leads back here.
safety-agreed = You said: a clinician agreed. Start gently, and tell them if anything changes.
first-session =
    <b>{ $name }</b>: { $minutes } minutes, with { $warmup } minutes of warm-up before.
    You need: { $kit }.
first-session-ready = Ready when you are.

## Exercises

exercise-title = <b>{ $name }</b>
exercise-in-short = <i>{ $text }</i>
exercise-band = <b>Band:</b> { $text }
exercise-set-up = <b>Set-up</b>
exercise-movement = <b>Movement</b>
exercise-way-back = <b>Way back</b>
exercise-cues = <b>Think of</b>
exercise-mistakes = <b>Common mistakes</b>
exercise-muscles = <b>Works:</b> { $primary }
exercise-glow = The golden glow in the clip shows where you work.
exercise-muscles-too = Also: { $secondary }
exercise-why = <b>Why runners do it:</b> { $text }
exercise-dose =
    <b>How much:</b> { $sets } sets of { $amount } { $unit ->
        [steps] steps each way
        [trios] rounds{ $sided ->
            [yes] {" "}on each leg
           *[no] {""}
        }
        [seconds] seconds{ $sided ->
            [yes] {" "}on each side
           *[no] {""}
        }
       *[reps] { $sided ->
            [yes] repetitions on each side
           *[no] repetitions
        }
    }, rest { $rest } s
exercise-easier = <b>Easier</b>
exercise-harder = <b>Harder</b>
exercise-safety = <b>Safety</b>
exercise-your-form = <b>In your session: { $name }</b>
exercise-other-form = <b>Another form: { $name }</b>
exercise-item = • { $text }
exercise-number = { $number }. { $text }
exercise-new = New to it? Tap How? and Safety first.
exercise-anatomy = <i>In anatomy: { $names }</i>
exercise-stop = Stop for pain that is sharp, on one side, in a joint or on a bone.
exercise-source = <i>{ $authors }, { $year }. { $published }</i>
exercise-near = I am not sure which exercise “{ $words }” is. Did you mean:
exercise-missing-near = I don't have “{ $words }”. The closest that I have:
exercise-missing = I don't have “{ $words }”. Pick one that I have from the list.
inline-missing = I don't have “{ $words }”
exercise-unknown = I can't explain “{ $words }”. Try /exercise deadbug, or pick one from the list.
exercise-gone = That exercise is not in the library any more. Your session goes on as it was.

## The library

browse = What are you looking for? You can also type it, for example: /exercise hamstrings
browse-trains = By muscles
browse-aim = By purpose
browse-band = By band
browse-all = A to Z
browse-which-trains = Which part of the body?
browse-which-aim = What is it for?
browse-which-band = Which band do you have at hand?
browse-page = <b>{ $name }</b>, { $count ->
        [one] one exercise
       *[other] { $count } exercises
    }{ $pages ->
        [one] .
       *[other] , page { $page } of { $pages }.
    }
browse-previous = ‹ Previous
browse-next = Next ›
browse-back = Back to the library

## Bands

band-mini-band = a mini band
band-hip-circle = a hip circle
band-long-loop = a long loop
band-long-band = a long band
kit-anchor = a door anchor
kit-none = no band
kind-mini-band = mini band
kind-hip-circle = hip circle
kind-long-loop = long loop
kind-long-band = long band
kind-door-anchor = door anchor
colour-yellow = yellow
colour-red = red
colour-green = green
colour-blue = blue
colour-black = black
colour-grey = grey
colour-purple = purple
colour-orange = orange
colour-pink = pink
colour-white = white
colour-silver = silver
colour-gold = gold
strength-extra-light = extra light
strength-light = light
strength-medium = medium
strength-heavy = heavy
bands-title = <b>Your bands</b>
bands-line = • { $kind }: { $bands }
bands-line-anchor = • { $kind }, or a firm post
bands-coloured = { $strength } ({ $colour })
bands-ticked = ✓ { $label }
bands-none = You own none, so sessions use exercises that need none.
bands-untold = You have not said yet, so I take it that every band is there. Tap what you own, or type it, for example: /bands mini light green, mini medium red, long loop heavy
bands-hint = Tap to change it. Colours differ from maker to maker, so go by how strong a band feels.
bands-saved = Sessions fit that from now on: /routine. Tap below to change it.
bands-which = Which strengths of { $kind } do you own? Colours differ from maker to maker, so go by how strong it feels.
bands-colour = What colour is your { $kind }, { $band }? Any other name can be typed, for example: /bands mini light mint, long loop heavy
bands-error-kind = I can't read “{ $word }”. Bands look like this: /bands mini light green, long loop heavy, door anchor
bands-error-level = How strong is “{ $word }”: extra light, light, medium or heavy? For example: /bands mini light green, long loop heavy
bands-error-colour = “{ $word }” is too long for a colour, 20 characters are enough. For example: /bands mini light green, long loop heavy
kit-or = { $first } or { $second }
kit-and = { $first } and { $second }
kit-list = { $first }, { $second }

## Routines

routine-list = Which routine? A two-minute warm-up comes first where one is needed; you may skip it.
routine-list-bands = Tell me which bands you own with /bands, and sessions fit them.
routine-entry = <b>{ $name }</b> · { $minutes } min · { $level } · { $kit }
routine-entry-swaps = { $count ->
        [one] 1 swap
       *[other] { $count } swaps
    } for your bands
routine-spared = { $instead } replaces { $planned } for now.
routine-swapped = { $instead } replaces { $planned }, as you asked.
routine-swap = You have no { $kit }: { $planned } becomes { $instead }.
level-beginner = beginner
level-intermediate = intermediate
level-expert = advanced
routine-suggested = (next for you)
routine-button = { $name } · { $minutes } min
routine-title = <b>{ $name }</b>
routine-ready =
    { $minutes } minutes, { $steps } steps. You need: { $kit }.
routine-ready-short = { $minutes } minutes, { $steps } steps.
routine-ready-hint = Put the phone where you can see it. I send one step at a time and say how many repetitions; you count them and tap Done.
routine-ready-hands-free = It runs by itself: after Start I tell you when to go, when to rest and what is next.
note-one-week = Welcome back. You had more than a week off, so each exercise has one set fewer today.
note-two-weeks = Welcome back. After two weeks off there are at most two sets of each exercise today, at the usual tempo. Expect an ache in the worked muscles for a few days; it passes.
note-four-weeks = Welcome back. After four weeks off there is one set of each exercise today, with a lighter band where you have one. Expect an ache in the worked muscles for a few days; it passes.
note-eight-weeks = Welcome back. After eight weeks off you begin afresh: one set, your lightest band, the easier forms. Expect an ache in the worked muscles for a few days; it passes.
note-easier-week = This is your easier week, every fourth is: one set fewer, and nothing becomes harder.
note-too-soon = Your last session was less than 48 hours ago, and muscles grow stronger in the rest between. A light one suits today better; start this one all the same if you like, it just leads to nothing harder.
note-week-full = You have trained three times this week, which is enough to grow stronger. A light session suits today better; start this one all the same if you like, it just leads to nothing harder.
routine-unknown = I do not know a routine called “{ $words }”. These are the ones I have:

## In a session

step-place = <b>{ $place } of { $total }</b>  { $bar }
step-name = <b>{ $name }</b>
step-set = Set { $set } of { $sets }
step-round = Round { $set } of { $sets }
step-go = { $go ->
        [1] first go
       *[other] second go
    }
step-set-side = { $set } · { $side }
step-work = <b>{ $seconds } seconds</b>
step-work-about = <b>{ $seconds } seconds</b>, about { $amount } { $unit ->
        [steps] { $high ->
            [one] step
           *[other] steps
        }
        [trios] { $high ->
            [one] round of three
           *[other] rounds of three
        }
       *[reps] { $high ->
            [one] repetition
           *[other] repetitions
        }
    }
step-work-count = <b>{ $seconds } seconds</b>, about { $amount }
step-count = <b>{ $amount }</b>, then tap Done
step-count-reps = { $count ->
        [one] one repetition
       *[other] { $count } repetitions
    }{ $each ->
        [yes] {" "}on each side
       *[no] {""}
    }
step-count-steps = { $count ->
        [one] one step
       *[other] { $count } steps
    }{ $each ->
        [yes] {" "}each way
       *[no] {""}
    }
step-count-trios = { $count ->
        [one] one round of three
       *[other] { $count } rounds of three
    }{ $each ->
        [yes] {" "}on each side
       *[no] {""}
    }
step-band = Band: { $text }
step-band-none = Without a band: move slowly and hold the hardest point for a moment.
step-own = Your band: your { $strength } { $kind }
step-own-colour = Your band: your { $colour } { $kind } ({ $strength })
step-tempo-1 = Tempo: in each repetition, pause two seconds where it is hardest.
step-tempo-2 = Tempo: take two seconds more on the way back, and pause one second where it is hardest.
step-easier = Easier today: { $text }
step-harder = Harder today: { $text }
step-cue = • { $text }
step-next-switch = After this: { $rest } s to change over, then { $side }.
step-next-go = After this: { $rest } s to breathe, then once more.
step-next-rest = After this: rest { $rest } s, then set { $set } of { $sets }.
step-next-rest-side = After this: rest { $rest } s, then set { $set } of { $sets }, { $side }.
step-next-change = After this: { $rest } s to change over. Next is { $name }.
step-next-last = This is the last one.
step-warm-up =
    <b>Warm-up, { $minutes } minutes</b>
    Walk briskly, march with high knees or jog on the spot, until you feel warm. Then a few easy squats and leg swings, without the band.
step-warm-up-next = First exercise: { $name }
step-begins = <b>Go!</b>
step-work-left = <b>{ $seconds } seconds left</b>
step-runs = I will tell you when time is up.
step-lead = <b>It begins by itself in { $seconds } s.</b>
step-still-here = You are still in this session. Here is your step:
step-not-possible = That is not possible here. This is where you are:

outcome-begin = { $name }: started
outcome-done = ✓ { $step }
outcome-skip = Skipped: { $step }
outcome-back = Went back from: { $step }
outcome-pause = Paused at: { $step }
outcome-resume = Paused
outcome-hurt = Stopped, something hurts: { $step }
outcome-hurt-skip = Left out today: { $name }
outcome-hurt-back = Went on with: { $step }
outcome-stop = Ended at: { $step }
outcome-not-begun = { $name }: not begun
outcome-again = { $name }: stopped, then taken up again
step-set-short = set { $set } of { $sets }
step-round-short = round { $set } of { $sets }
step-short = { $name }, { $set }
step-short-side = { $name }, { $set }, { $side }
step-short-only = { $side ->
        [none] { $name }
       *[other] { $name }, { $side }
    }
step-short-warm-up = Warm-up

## Hands-free: what the clock says

cue-rest = <b>Rest { $seconds } s</b>, next: { $step }
cue-switch = <b>Switch sides</b>, { $seconds } s. Next: { $step }
cue-first = <b>Warm-up done.</b> Get ready, { $seconds } s. Next: { $step }
cue-late = This comes late: I was held up for a moment.
cue-late-taps = That cue came late. So from here you set the pace: tap Done after each step. Hands-free starts the clock again.
crowded = So many runners train by the clock right now that your cues could come late. So you set the pace: tap Done after each step.
paused-late = I was held up for too long, so I have stopped the clock for you.
nudge = Are you still there? Your session waits here. Go on when you like, or tap Stop; nothing is lost.
closed = Six hours have passed, so I have closed this session. Everything you did is kept.
sound-hint = Put the phone down and listen for me. Most phones stay silent while this chat is open on the screen: lock yours, or leave the chat. Sound test lets you try it.
sound-test = <b>Sound test.</b> Did you hear it? Then you will hear me in your sessions. If not, see whether your phone or this chat is muted.

paused =
    <b>Paused</b> at { $step }.
    Nothing is lost. Take the time you need.

## When something hurts

hurting =
    <b>Stop { $name } for now.</b>

    Is it an ache in the worked muscles, the same on both sides? Or is it pain?

    <b>Get emergency help now</b> for chest pain, fainting, breathlessness that does not fit the effort, or sudden weakness or numbness on one side. The other signs to take seriously are behind A warning sign.

    Back is for a tap by mistake.
hurting-warm-up = your warm-up
hurt-where = Where is it?
hurt-score = How strong is the pain in { $region }? 0 is none, 10 is the worst you can think of.
hurt-sore = How strong is the ache? 0 is none, 10 is the worst you can think of.
hurt-score-range = A number from 0 to 10, please.
hurt-first-kind = First tell me what it is like.
hurt-first-where = First tell me where it is.
hurt-none = No pain then, good. Go on with { $name } or leave it out today; both are fine.
hurt-mild = A { $score } out of 10 in { $region }. You may go on gently or leave { $name } out today; both are fine. Stop if it grows.
hurt-ache-fine = An ache of { $score } out of 10 in the worked muscles is ordinary, and easy movement is fine. Go on gently or leave { $name } out today, as you like. If it lasts more than four days, ask a physiotherapist.
hurt-stops = <b>For today, { $name } stops here.</b>
hurt-ache-strong = An ache of { $score } out of 10 means that those muscles need quiet, so they are not loaded today. Easy walking is fine. If it lasts more than four days, ask a physiotherapist.
hurt-moderate = Leave { $region } in peace today. If it is still there in a few days, let a doctor or physiotherapist look at it.
hurt-strong = Whatever loads { $region } is left out until { $day }. Please let a doctor or physiotherapist look at it within days.
hurt-again = It is the second time within 14 days, so { $region } stays out of your sessions until you tell me that a clinician agreed.
hurt-bone = Pain on a bone belongs before a doctor or physiotherapist, within days. Whatever loads { $region } is left out until you tell me that a clinician agreed.
hurt-left-out = Left out of this session, too: { $names }.
hurt-asks-tomorrow = Tomorrow morning I will ask once whether it is worse.
hurt-goes-on = The rest of your session waits. Go on only if you want to; stopping here is fine, and what you have done stays.
hurt-nothing-left = Nothing else was left in this session. What you have done stays.

region-foot-ankle = your foot or ankle
region-shin-calf = your shin or calf
region-knee = your knee
region-thigh = your thigh
region-hip-groin = your hip or groin
region-back = your back
region-shoulder-arm = your shoulder or arm
region-elsewhere = the place that hurt

flags-emergency =
    <b>Get emergency help now for</b>
    • chest pain or pressure, fainting, or breathlessness that does not fit the effort
    • sudden weakness or numbness on one side
    • numbness between the legs, or trouble holding bladder or bowel
    • a hot, swollen, painful calf
    • cola-coloured urine with swollen, very painful muscles
    • a band that hit your eye
flags-see-someone =
    <b>Stop, and see a doctor or physiotherapist within days for</b>
    • pain at one point of a bone, or pain at night or at rest
    • pain deep in the groin or the front of the hip when you stand on that leg
    • pain that does not ease as you warm up and grows as you go on
    • a limp, swelling, or a joint that locks or gives way
    • pins and needles, or pain that runs down a leg
    • bone pain together with missed periods or weight you did not mean to lose
flagged-emergency = <b>Call your emergency number now</b>, or have somebody call it: 112 or 911 in many countries. Do not stay alone, and do not drive yourself.
flagged-see-someone = <b>Please see a doctor or physiotherapist within days.</b> Until then, leave out what brings it on.
flagged = Your session has ended, and what you have done stays. Sessions wait until you tell me that a clinician agreed.

sign-emergency =
    <b>Stop now and call { $numbers }.</b>
    Sit or lie still, don't stay alone, and don't drive yourself.
sign-emergency-anywhere =
    <b>Stop now and call your emergency number, 112 or 911 in many countries.</b>
    Sit or lie still, don't stay alone, and don't drive yourself.
sign-if-emergency = If you have it now, <b>stop and call { $numbers }</b>. Sit or lie still, and don't stay alone.
sign-if-emergency-anywhere = If you have it now, <b>stop and call your emergency number, 112 or 911 in many countries</b>. Sit or lie still, and don't stay alone.
sign-crisis =
    <b>Please don't stay alone with this. Call { $numbers } now</b>, or go to somebody you trust.
    A crisis line near you listens day and night. Training can wait.
sign-crisis-anywhere =
    <b>Please don't stay alone with this. Call your emergency number now</b>, 112 or 911 in many countries, or go to somebody you trust.
    A crisis line near you listens day and night. Training can wait.
sign-today = <b>Please have this looked at today</b>, by an urgent-care line, a walk-in clinic or your own doctor. Until then, rest it.
sign-days = <b>Please see a doctor or physiotherapist within days.</b> Until then, leave out what brings it on.
sign-ended = Your session has ended, and what you have done stays.
sign-locked = Sessions and reminders wait until you tell me that a clinician agreed.
sign-locked-emergency = Sessions and reminders wait until a doctor has cleared you, and you tell me so, tomorrow at the earliest.
sign-ask = What you wrote may be a warning sign.
sign-ask-now = Do you have it now? Nothing goes on until you answer.
sign-sure = Just to be sure: is it not about you, or not there now?
sign-lifted = Good. Everything goes on as before. If you do notice it, stop and tell me.

rest-until = So that { $region } can rest, what loads it is left out or replaced until { $day }.
rest-locked = What loads { $region } is left out or replaced until you tell me that a clinician agreed.
rest-nothing-left = Nothing of that routine is left just now.
rest-others = These have something for you today. Or take the day off; rest is part of training.
rest-day-off = So today is a day off. Rest is part of training, and nothing is lost by it.
lifted = Noted: a clinician agreed. Sessions that you open from now on have exercises for { $region } again. Start gently, and stop if it hurts.
lifted-rests-on = Noted: a clinician agreed. After strong pain, { $region } still rests until { $day }; then its exercises come back.
lifted-not = Nothing waits for a clinician there.

morning = Good morning. Yesterday something hurt: { $region }. Is it worse this morning?
morning-worse = Then { $region } rests until { $day }: what loads it is left out. Please let a doctor or physiotherapist look at it within days.
morning-same = Thank you. Be gentle with { $region }, and stop if it hurts in a session. If it stays for more than a few days, let a physiotherapist look at it.
morning-better = Good to hear. Stay gentle with { $region }, and stop if it hurts again.
morning-past = That question was about another morning, so nothing has changed. Does it still hurt? Then see a doctor or physiotherapist, and in a session tap Something hurts.

## Another exercise instead

swap-ask = <b>Instead of { $name }</b>
swap-option = { $number }. <b>{ $name }</b>: { $text }
swap-hint = Today is for this session only; Always holds until you swap back.
swap-none = There is nothing to swap { $name } for right now. Skip leaves it out.
swap-warm-up = The warm-up has nothing to swap. Skip leaves it out.
swap-done = { $name } instead of { $planned }, for today.
swap-done-always = { $name } instead of { $planned }, from now on. Swap back on the step undoes it.
swap-undone = { $name } again.
swap-paused = Your session is still paused.

toast-done = Done
toast-begin = Let's go
toast-skip = Skipped
toast-back = One step back
toast-pause = Paused
toast-resume = On you go
toast-hurt = Stop this exercise
toast-stop = Session ended
toast-more = 15 seconds more
toast-own-pace = At your own pace
toast-hands-free = Hands-free
toast-sound = Lock your phone or leave this chat now: a message comes in 5 seconds.
toast-stale = That button was from an earlier step.
toast-stale-none = That session is over.
toast-foreign = This button is not yours.
toast-unlawful = That is not possible here.
toast-wrong = Something went wrong. Nothing is lost.
toast-rated-late = Your next session has begun since, so this answer stays as it was.
toast-noted = Noted
toast-swapped = Swapped
toast-morning-old = That was about another morning.
toast-surplus = That was too many taps at once, so this one did not count.
toast-old = This button is too old.
toast-saved = Saved

summary-finished = <b>{ $name }: done</b>
praise-first = Your first session is done. A fine start!
praise-return = Good to have you back after the break!
praise-number = That was session number { $number }. Well done!
praise-week = Every training day of your week is done, for the first time. Lovely work!
praise-band = { $name }: a stronger band than ever before ({ $strength }). You have earned it!
summary-stopped = <b>{ $name }: stopped</b>
summary-nothing = Nothing was done yet, so nothing is counted. /routine starts again whenever you like.
summary-time = Time: { $minutes ->
        [0] under a minute
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
summary-steps = Steps done: { $done } of { $total }
summary-skipped = Skipped: { $count }
summary-hurt = Left out because something hurt: { $count }
summary-hurt-advice = If it still hurts tomorrow, leave that exercise out and let a physiotherapist look at it.
summary-trained = Trained: { $names }
summary-sore = An ache in the worked muscles over the next one to three days is to be expected.
summary-rate =
    How did it feel? In the last sets, good repetitions were left:
    Easy – four or more · Just right – two or three · Too hard – one or none, or your form broke
summary-rated = You said: { $rating ->
        [easy] easy. You had plenty left.
        [right] just right.
       *[hard] too hard.
    }
rate-chosen = ✓ { $label }
each-ask = How did each exercise feel? Tap one to change it.
each-felt = { $name }: { $rating }
one-ask =
    How did <b>{ $name }</b> feel? In the last set, good repetitions were left:
    Easy – four or more · Just right – two or three · Too hard – one or none, or your form broke
why-ask = Why did you skip <b>{ $name }</b>?
change = <b>{ $names }</b>: next time { $what }, because { $why }.
change-none = Nothing changes next time, because { $why }.
change-offer = <b>{ $names }</b>: another exercise for the same muscles may suit you better; /exercise shows what there is.
change-variant-0 = the easier form
change-variant-1 = the usual form
change-variant-2 = the harder form
change-band = your { $strength } band
change-band-none = no band
change-tempo-0 = the usual tempo
change-tempo-1 = a pause of two seconds in each repetition
change-tempo-2 = a slow way back
change-sets = { $count ->
        [one] one set
       *[other] { $count } sets
    }
change-target = { $unit ->
        [steps] { $count ->
            [one] one step
           *[other] { $count } steps
        }
        [trios] { $count ->
            [one] one round of three
           *[other] { $count } rounds of three
        }
       *[reps] { $count ->
            [one] one repetition
           *[other] { $count } repetitions
        }
    } in a set
because-red-flag = a clinician has to look at it first
because-strong-pain = it hurt; two sessions stay like that
because-worse-next-morning = it hurt more the next morning; two sessions stay like that
because-pain = it hurt; two sessions stay like that
because-mild-pain = it hurt a little
because-skipped = you left it out
because-frozen = it hurt lately
because-hard = once too hard may be a bad day; a second time makes it easier
because-hard-twice = it was too hard twice
because-stopped-early = the session ended early
because-taper = your race is near
because-recovery = you are recovering from a race
because-peak = your running comes first now
because-first-weeks = the first two weeks are for getting used to it
because-easier-week = this is your easier week
because-light = this session came soon after the others
because-after-gap = you are just back from a break
because-not-rated = you have not said how it felt
because-calibration = it was easy, and we are still finding your band
because-gathering = a step up takes a few good sessions in a row
because-earned = it has gone well for some sessions
because-below-top = it went well
because-top-once = the top has to be reached twice
because-top-twice = you reached the top twice
because-not-its-turn = two exercises at a time become harder
because-too-soon = it became harder only last time
because-nothing-harder = you do the hardest there is with your bands
no-session = No session is running. /routine starts one.
restart-ask =
    You are at step { $place } of { $total } in <b>{ $name }</b>. Starting over ends it; what you have done stays.
restart-ask-warm-up = You are in the warm-up of <b>{ $name }</b>. Start over?

## Reminders

reminder = Today is a training day. Next for you: <b>{ $name }</b>, { $minutes } minutes with { $kit }.
reminder-again = An hour has passed, as you asked. <b>{ $name }</b>, { $minutes } minutes with { $kit }.
reminder-late = This comes late: it was due at { $time }.
reminder-question = My last reminders don't seem to have come at a good moment, and that is fine. What would suit you better?
outcome-suit-time = Another time, then. Choose it below.
outcome-suit-days = Fewer days, then. Choose them below.
outcome-suit-break = A break, then. Choose below how long.
outcome-suit-keep = Good, your reminders come as before.
outcome-reminder-start = { $name }: started
outcome-reminder-later = I will ask again at { $time }.
outcome-reminder-not-today = Not today. That is fine, rest is part of it.
toast-answered = You have answered this one already.
toast-later-once = I have put this one off already.
toast-later-old = This reminder is from another day.
toast-earlier-week = That one was for an earlier week. All is well, and nothing changes.

reminders-none = You have no reminders. Choose your days and the time, then save; or type them, for example: /reminders mon wed fri 07:00
reminders-some = Your reminders: { $days }. Change the days and the time, then save; or type them, for example: /reminders tue 7am sat 9:30
reminders-paused = Your reminders are paused, as the last ones and my question had no answer. Nothing is lost: { $days }. Turn them on again with one tap, or change the days and the time and save.
reminders-resumed = Your reminders are on again: <b>{ $days }</b>
reminders-chosen = Chosen: <b>{ $days }</b>
reminders-pick-time = Time: <b>{ $time }</b>
reminders-pick-mixed = You have different times on different days. Saving here gives all days the time below.
reminders-saved =
    <b>{ $days }</b>
    Time zone: { $place } ({ $zone }), where it is { $now } now.
reminders-next = Next reminder: { $day } at { $time }.
reminders-close = { $first } and { $second } are less than 48 hours apart. Muscles grow stronger in the rest between, so leave a day free where you can.
reminders-away = You are away until { $day }; reminders come again then.
reminders-off = Reminders are off. /reminders turns them on again.
reminders-no-day-chosen = Choose at least one day, or turn reminders off.
reminders-ask-time = { $days }: at what time?
reminders-ask-days = Which days at { $time }?
reminders-left = All right, nothing has changed.
reminders-error-unknown = I can't read “{ $word }”. Days and times look like this: /reminders mon wed fri 07:00
reminders-error-no-day = Which days at { $word }? For example: /reminders mon wed fri 07:00
reminders-error-no-time = At what time? For example: /reminders mon wed fri 07:00
reminders-error-two-times = { $word } has two times; one reminder a day is enough. For example: /reminders tue 7am sat 9:30
day-at = { $day } { $time }
clock-time = { $time }
weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday
short-monday = Mon
short-tuesday = Tue
short-wednesday = Wed
short-thursday = Thu
short-friday = Fri
short-saturday = Sat
short-sunday = Sun
chosen = ✓ { $day }

## Places

place-ask = Where are you? Send the name of your city, or share your location: the reminder comes at your local time. Only the time zone and the name of the place are kept.
place-ask-again = I do not know a place called “{ $words }”. Send a city such as Berlin, a zone such as Europe/Berlin, or share your location.
place-which = Which { $words }?
place-guess-one = I do not know a place called “{ $words }”. Is it this one?
place-guess = I do not know a place called “{ $words }”. Is it one of these?
place-namesakes = Other places called “{ $words }”:
place-other = Then send the nearest larger city, with its country or state, such as: Springfield, Illinois. Or a zone such as Europe/Berlin, or share your location.
place-elsewhere = If you are in { $label } instead, send: /timezone { $label }
place-is-it = Is this where you are? Tap it, and your reminders come at its local time.
place-button = { $label } · { $time }
place-saved = { $place } ({ $zone }): it is { $now } there now.
place-now = You are in { $place } ({ $zone }), where it is { $now } now. To change it: /timezone Lisbon, or share your location.
place-left = All right, without a place. Reminders need one; /timezone asks again.
place-nowhere = I can't tell the time zone there. Send the name of the nearest city instead.

## Away

away-until = No reminders until { $day }. Nothing is lost by it. /away off brings them back.
away-none = Reminders are not paused. To pause them: /away 24 December, or pick one:
away-ask-which = Which day do you mean by “{ $words }”? Reminders come again on that day.
away-ask-past = “{ $words }” is past. Do you mean this day? Reminders come again on it.
away-ask-far = “{ $words }” would be a long time from now. No reminders until this day?
away-left = All right, nothing has changed. To pause reminders: /away 24 December, or /away 2 weeks
away-off = Welcome back. Reminders come again on your days.
away-error = I can't read “{ $words }” as a date in the coming year. For example: /away 24 December, or /away 2 weeks

## Progress

progress-title = <b>Your training</b>
progress-none = Nothing yet. /routine starts a session; six minutes are enough for the first one.
progress-totals = { $sessions ->
        [one] One session
       *[other] { $sessions } sessions
    }, { $unit ->
        [hours] { $time } hours
       *[minutes] { $time ->
            [one] one minute
           *[other] { $time } minutes
        }
    }, since { $since }.
progress-details = <blockquote expandable>{ $text }</blockquote>
progress-of-week = { $day }: { $sessions ->
        [one] 1 session
       *[other] { $sessions } sessions
    }, { $minutes } min{ $planned ->
        [0] {""}
       *[other] , { $kept } of { $planned } planned
    }
progress-of-week-rest = { $day }: rest
progress-of-exercise = { $name }: { $sets }
progress-sets = { $count ->
        [one] 1 set
       *[other] { $count } sets
    }
progress-sets-level = { $sets }, { $level }
progress-level-extra-light = extra-light
progress-level-light = light
progress-level-medium = medium
progress-level-heavy = heavy
progress-week-plan = This week: { $done } of { $planned } planned{ $more ->
        [0] {""}
       *[other] , and { $more } more
    }
progress-week = This week: { $done ->
        [one] { $done } day trained
       *[other] { $done } days trained
    }
progress-away = Away until { $day }; that breaks nothing.
progress-last = Last sessions
progress-session = { $day } · { $name } · { $done } of { $total } steps{ $rating ->
        [easy] {" · easy"}
        [right] {" · just right"}
        [hard] {" · too hard"}
       *[none] {""}
    }

## On the picture of the progress

card-title = Your training
card-since = since { $since }
card-number = { $number }
card-sessions = { $count ->
        [one] session
       *[other] sessions
    }
card-minutes = { $count ->
        [one] minute
       *[other] minutes
    }
card-hours = hours
card-weeks = { $count ->
        [one] active week
       *[other] active weeks
    }
card-bars = Minutes a week
card-plan = ● days of the plan kept
card-week-of = week of
card-rows = Sets a week
card-rows-hint = taller: a stronger band
card-risen = { $before } → { $now }

## Privacy

privacy =
    <b>What is kept about you</b>
    • your Telegram number, so that I know whose session it is
    • your answer to the safety screen and its date
    • what hurt in a session, when you told me: where, what it was like, how strong, on which day, whether it was worse the next morning, and when a clinician agreed; so that it can rest
    • a warning sign that you wrote of, as long as sessions wait for it: its kind, how urgent it is, when, and whether you have confirmed it, never your words. Nothing else about your health
    • which exercises you swapped for others
    • your bands: kind, strength and what you call their colour, so that sessions fit them
    • your place's name and time zone, your training days and an away date, for the reminders
    • your sessions: which steps were done, skipped or left out and when, and how it felt
    • what to do next of each exercise: sets, band, tempo and form, with the counters behind it
    • whether sessions run by the clock or at your own pace, and that you were told about the sound
    • reminders sent and your answer to them, so that none comes twice and unanswered ones don't go on for ever
    • each message or tap on its way to my answer, for seconds; then it is deleted
    • the numbers of the messages that carry live buttons, the date of your first wish and when you were let in, whether you have blocked me, and a question of where you are, or until when you are away, that is still open

    Right now: { $bands ->
        [one] { $bands } band
       *[other] { $bands } bands
    }, { $days ->
        [one] { $days } training day
       *[other] { $days } training days
    }, { $sessions ->
        [one] { $sessions } session
       *[other] { $sessions } sessions
    }, { $reminders ->
        [one] { $reminders } reminder
       *[other] { $reminders } reminders
    }.

    Not kept: your name, what you write besides that, your exact location. What is kept stays on this coach's server and goes to nobody else. /export gives you all of it as a file, /delete erases it.
export-done =
    Everything I keep about you. In the archive, <code>data.json</code> holds all of it, and <code>sets.csv</code> your sets as a table for any spreadsheet.
export-failed = The file could not be sent. Nothing is lost; please try again.
export-nothing = I keep nothing about you, so there is nothing to send. /start begins.
delete-ask = Erase everything I keep about you: sessions, reminders, place, the safety answer? It can't be taken back.
delete-done = Erased. I know nothing about you any more. /start begins anew.
delete-done-trace = Erased. I know nothing about you any more. The files of the database still hold a trace of it, which is overwritten as soon as nothing else is using them. /start begins anew.
delete-kept = Nothing was erased.

## Help and misunderstandings

help =
    <b>Band Coach</b>
    { $commands }

    A session runs by itself; My own pace waits for your Done instead.
    In a session you can type done, skip, back, pause, how, swap, it hurts or stop instead of tapping.
    The name of an exercise is enough to have it explained.
help-in-group =
    <b>Band Coach</b>
    { $commands }

    In a group I explain exercises, in words and with a drawn clip. Your sessions, reminders and bands are between you and me.
help-line = /{ $command } – { $text }
not-understood = I did not understand “{ $words }”. Try an exercise such as deadbug, or /routine for a session.
not-understood-running = I did not understand “{ $words }”. Your session waits at its step; type done, skip, how or stop, or use the buttons.
not-understood-timed = I did not understand “{ $words }”. Your session runs on; type pause, skip, how or stop, or use the buttons.
unknown-command = I do not know { $command }. /help lists what I can do, for example /exercise deadbug
no-command = I do not know “{ $words }”. /help lists what I can do, for example /exercise deadbug
only-words = I can read words and taps, but not that. Try an exercise such as deadbug, or /routine for a session.
edited = I do not follow edits. Please send it as a new message.
forwarded = I do not act on forwarded messages. Please tell me in your own words, for example done, or /exercise deadbug
late-start = { $when ->
        [today] You asked at { $time }. Start now?
        [ago] { $hours ->
            [0] You asked less than an hour ago. Start now?
            [one] You asked an hour ago. Start now?
           *[other] You asked { $hours } hours ago. Start now?
        }
       *[before] You asked on { $day } at { $time }. Start now?
    }
late-routine = { $when ->
        [today] You asked for { $name } at { $time }. Start now?
        [ago] { $hours ->
            [0] You asked for { $name } less than an hour ago. Start now?
            [one] You asked for { $name } an hour ago. Start now?
           *[other] You asked for { $name } { $hours } hours ago. Start now?
        }
       *[before] You asked for { $name } on { $day } at { $time }. Start now?
    }
late-word = { $when ->
        [today] You sent “{ $name }” at { $time }, but it has reached me only now. Does it still count?
        [ago] { $hours ->
            [0] You sent “{ $name }” less than an hour ago, but it has reached me only now. Does it still count?
            [one] You sent “{ $name }” an hour ago, but it has reached me only now. Does it still count?
           *[other] You sent “{ $name }” { $hours } hours ago, but it has reached me only now. Does it still count?
        }
       *[before] You sent “{ $name }” on { $day } at { $time }, but it has reached me only now. Does it still count?
    }
in-group = That is between you and me. Let us talk in private.
postponed = Something went wrong on my side, so I can't go on just now. What you sent is kept: I take it up by myself as soon as I can.
surplus = That was more at once than I can follow. I answer what came first; the rest I left out, so please send it again in a moment.
went-wrong = Something went wrong on my side. Nothing you did is lost; please try again, or send /routine to go on.

## Muscles, as a runner would say it

muscle-gluteus-maximus = buttocks
muscle-gluteus-medius = side of the hip
muscle-gluteus-minimus = side of the hip
muscle-tensor-fasciae-latae = outer front of the hip
muscle-deep-hip-external-rotators = deep hip muscles
muscle-piriformis = deep hip muscles
muscle-iliopsoas = hip flexors
muscle-sartorius = hip flexors
muscle-rectus-femoris = front of the thigh
muscle-vasti = front of the thigh
muscle-biceps-femoris = back of the thigh
muscle-semitendinosus = back of the thigh
muscle-semimembranosus = back of the thigh
muscle-adductor-longus = inner thigh
muscle-adductor-brevis = inner thigh
muscle-adductor-magnus = inner thigh
muscle-gracilis = inner thigh
muscle-pectineus = inner thigh
muscle-gastrocnemius = calves
muscle-soleus = calves
muscle-tibialis-anterior = shins
muscle-tibialis-posterior = inner lower leg
muscle-fibularis-longus = outer lower leg
muscle-fibularis-brevis = outer lower leg
muscle-rectus-abdominis = abdominals
muscle-transversus-abdominis = deep abdominals
muscle-external-oblique = side abdominals
muscle-internal-oblique = side abdominals
muscle-erector-spinae = lower back
muscle-multifidus = lower back
muscle-quadratus-lumborum = side of the lower back
muscle-rhomboids = between the shoulder blades
muscle-upper-trapezius = neck and shoulders
muscle-middle-trapezius = between the shoulder blades
muscle-lower-trapezius = below the shoulder blades
muscle-latissimus-dorsi = sides of the back
muscle-anterior-deltoid = front of the shoulders
muscle-middle-deltoid = shoulders
muscle-posterior-deltoid = back of the shoulders
muscle-infraspinatus = rotator cuff
muscle-teres-minor = rotator cuff
muscle-serratus-anterior = side of the ribs
muscle-biceps-brachii = front of the upper arm
muscle-brachialis = front of the upper arm
muscle-forearm-flexors = forearms
muscle-extensor-digitorum-longus = front of the shin
muscle-extensor-hallucis-longus = front of the shin
muscle-flexor-digitorum-longus = toe flexors
muscle-flexor-hallucis-longus = toe flexors
muscle-foot-stabilisers = small foot muscles
muscle-rotatores = lower back
muscle-rotator-cuff = rotator cuff

## For hosts

command-status = how the coach is doing (for hosts only)
status-title = <b>Band Coach { $version }</b>
status-up = Running for { $days ->
        [0] {""}
        [one] { $days } day,{" "}
       *[other] { $days } days,{" "}
    }{ $hours } h { $minutes } min
status-runners = Runners: { $runners }, active in the last 7 days: { $active }, unreachable: { $unreachable }
status-sessions = Sessions: { $running } running, { $finished } finished today
status-reminders = Reminders: { $slots ->
        [one] { $slots } slot
       *[other] { $slots } slots
    }, { $waiting } waiting, { $unknown } with an unknown end in the last 7 days
status-reception = Updates come in.
status-reception-silent = <b>No updates could be fetched for { $minutes } min.</b>
status-reception-unread = <b>Telegram has not said for { $minutes } min what it knows of the webhook.</b>
status-reception-elsewhere = <b>Telegram has no webhook or another one; mine is set again every two minutes.</b>
status-reception-failing = <b>Telegram could not deliver to the webhook:</b> { $words }
status-rival-poller = <b>Another program fetches updates with the same token, so some never reach me.</b>
status-rival-webhook = <b>Another program has set a webhook with the same token.</b>
status-rival-address = <b>Another program has changed or removed the webhook.</b>
status-database = Database: { $size } MB
status-door = Invitations: too many wrong codes since { $day } { $time }, so one is looked at every { $minutes } minutes
status-errors = <b>Last errors</b>
status-no-errors = No errors since it was started.
status-error = { $day } { $time } UTC · { $kind } · { $where }

## To the hosts, unasked

host-rival-poller = Another program is fetching updates with my token, so some of what runners send never reaches me. Please stop it, or give one of us a token of its own from @BotFather. /status tells whether it goes on.
host-rival-webhook = Another program has set a webhook with my token, so nothing that runners send reaches me. I take it away every two minutes. Please stop that program, or give one of us a token of its own from @BotFather. /status tells whether it goes on.
host-rival-address = Another program has changed or removed my webhook, so what runners send may not reach me. I set it again every two minutes. Please stop that program, or give one of us a token of its own from @BotFather. /status tells whether it goes on.

## By invitation

door-closed = This coach is by invitation only: please open the link that its host gave you.
door-wrong = That invitation is not valid, or not any more: please ask its host for the present link.
door-too-often = Those were too many wrong invitations: please ask the host for the present link, and open it in an hour.
door-crowded = Many wrong invitations are coming in just now, so I look at very few of them: please open your link again in some minutes.
toast-door-closed = This coach is by invitation only: please open the link that its host gave you.
