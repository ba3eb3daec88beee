# Every sentence the coach says in English. A message's variables are in braces; leave them as they are.

# Whose dates, times, lists and plurals are used: a name from CLDR (https://cldr.unicode.org).
locale = en-GB
with-year = { $day } { $year }

## Buttons

button-start = Start
button-listen = Listen
button-hear = Hear it
button-heard-all = All of it
button-heard-part = Part of it
button-heard-none = None
button-hurt-elsewhere = It was another exercise
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
button-not-me-on = Not me, not now: { $region }
button-sign-several = In several places
button-sign-body = Periods or weight changed, too
button-sign-cleared = A doctor has cleared me
button-sign-cleared-sure = Yes, a doctor has cleared me
button-sign-lift = I don't have it
button-flags = A warning sign
button-flag-emergency = Something in the first list
button-flag-see-someone = Something in the second list
button-hurt-again = ‹ Back
button-leave-out = Leave it out
button-agreed-on = Clinician agreed: { $region }
button-region-foot-ankle = Foot or ankle
button-region-shin-calf = Shin or calf
button-region-knee = Knee
button-region-thigh = Thigh
button-region-hip-groin = Hip or groin
button-region-back = Lower or upper back
button-region-low-back = Lower back
button-region-upper-back = Upper back
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
button-watch = For my watch
button-skipped-time = No time
button-skipped-kit = No kit for it
button-skipped-dislike = I dislike it
button-skipped-pain = It hurt
button-none-applies = None applies to me
button-applies = One applies to me
button-agreed = A clinician agreed
button-change-answer = Change what applies
button-none-of-them = None of them
button-that-is-all = That is all
button-condition-heart = Heart or blood pressure
button-condition-chest-pain = Chest pain
button-condition-fainting = Faint or dizzy
button-condition-injury = Bone, joint or muscle
button-condition-spine = Osteoporosis or a disc
button-condition-illness = Lasting illness
button-condition-surgery = Surgery
button-condition-pregnant = Pregnant
button-condition-birth = Gave birth
button-condition-under-18 = Under 18
button-condition-over-69 = Over 69
button-condition-latex = Latex allergy
button-age-18 = 18 or over
button-age-16-17 = 16 or 17
button-age-13-15 = 13 to 15
button-age-under-13 = Under 13
button-age-again = ‹ Another age
button-adult = They agree
button-reaction-yes = Yes, it has
button-reaction-no = No, never
button-label-yes = Yes, all of them
button-label-no = No, or not sure
button-latex-free = My bands are latex-free now
button-safety = Safety
button-switch = Start { $name } instead
button-other-time = Another time
button-pick-days = Choose days
button-day-as-well = { $day } as well
button-day-alone = Only { $day }
button-leave = Leave it
button-only-day = Only { $day }
button-every-week = Every week
button-rest = Rest today
button-train-anyway = Train anyway
button-later = In 1 hour
button-not-today = Not today
button-why-today = Why today?
button-close = Close
button-move-day = To { $day }
button-let-go = Let it go
button-use-days = Use these days
button-use-archive = Use it
button-move-them = Move them
button-my-week = My running week
button-week = Back to the week
button-run-easy = Easy
button-run-hard = Hard
button-run-long = Long
button-run-rest = Rest
button-run-none = None
button-plan-use = Use it
button-plan-leave = Leave it
button-plan-ask = Tell you what is unclear
button-plan-easy = Easy
button-plan-hard = Hard
button-plan-long = Long
button-plan-rest = Rest
button-plan-skip = Not a run
button-plan-back = Back to the plan
button-plan-race = { $title }, { $day }
button-race-k5 = 5 km
button-race-k10 = 10 km
button-race-half = Half marathon
button-race-marathon = Marathon
button-race-ultra = Ultra up to 80 km
button-race-long-ultra = Longer than 80 km
button-another-race = Another race
button-race-main = { $day }: this one counts
button-race-just-training = { $day }: for training
button-race-minor = { $day }: a smaller race
button-race-ran = I ran it
button-race-part = I stopped early
button-race-not-started = I did not start
button-reached-k5 = Up to 5 km
button-reached-k10 = Up to 10 km
button-reached-half = Up to 21 km
button-reached-marathon = Up to 42 km
button-reached-ultra = Up to 80 km
button-reached-long-ultra = More than 80 km
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
button-own-new = New routine of my own
button-own-show = Details
button-own-change = Change
button-own-remove = Remove
button-own-removed = Yes, remove it
button-own-not-removed = No, keep it
button-own-send = Send it to others
button-own-cancel = Cancel
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
button-away-cancel = Not going away
button-away-ill = No reminders: { $days } days
button-no-band = Without a band
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
button-bands-none = I have none
button-bands-back = ‹ Back
button-bands-done = That is all

## Words that people type instead of tapping, separated by commas

word-reminder-busy = i'm at work, i am at work, at work, i'm in a meeting, i am in a meeting, in a meeting, i'm busy, i am busy, busy, busy now, i'm busy now, i'm out, i'm not home, i'm not at home, not at home, after work, driving, i'm driving, on the train, after lunch, not now, not right now, can't right now, can't now, i'm too busy, too busy
word-reminder-busy-until = i'm busy till, i am busy till, i'm busy until, i am busy until, busy till, busy until, i'm at work till, at work till, i'm at work until, at work until
word-begin = start, go, begin
word-reminder-later = in 1 hour, in one hour, in an hour, in an hour please, later, a bit later, snooze, snooze it, snooze that, maybe later, later on, in a bit
word-reminder-not-today = not today, no not today, i can't today, can't today, no time today, i have no time today, too busy today, i'm too busy today, too tired today, can't be bothered today, i'll skip today, i'll pass today, pass today, not tonight, not today thanks, skip, skip it, skip this, skip this one, skip today's session, let it go, can't make it today, i can't make it today, tomorrow, tomorrow instead, maybe tomorrow, tomorrow then, i'll do it tomorrow, move it to tomorrow, can we do it tomorrow, can i do it tomorrow, another day, not today please, not today sorry, sorry not today, skip today, skip it today
word-done = done, next, n, next one, finished, done it, i'm done, i am done, all done, that's done, it's done, completed, complete, tick, set done, finished it, finished that, finished this one, done that, did it, did that, i did it, i've done it, i've done that, i've finished, dun, dne, doen, the next one, next exercise, next step, next set, move on, ✅, ✔, ☑, warmed up, i'm warmed up, i am warmed up, warm up done, warm-up done, warmup done, finished set, finished the set, set finished, done with that, done with this, done with it, done with that side, that side done, i am finish, i'm finish
# While a step is about to begin, these begin it; else the first mean “done”, and the others begin or go on.
word-ok = ok, okay, yes, k, kk, okey, yep, yeah, yup
word-ready = ready, i'm ready, i am ready, ok ready, ready now
word-session-begin = let's go, let's do it, let's do this, let's start, let's begin, let's get going, let's get started, here we go, bring it on, off we go, i'm in, go on then, begin now, start now, let's train, let's get to it, let's smash it, okay, ok, yes, yep, yeah
word-skip = skip, pass, can i skip this, can i skip this one, can i skip it, can i leave this out, can i leave it out, skip this one, skip this, skip it, skip that, skip this exercise, leave this out, skip this step, skip that one, let's skip this, let me skip this, i'll skip this, i'll skip this one, i'll skip, skip the rest of this, not doing this, not doing this one, i won't do this, i won't do this one
word-back = i tapped wrong, wrong button, i tapped done by mistake, i tapped skip by mistake, i pressed done by mistake, i pressed skip by accident, i pressed skip by mistake, i pressed the wrong button, by mistake, undo that, back, previous, undo, go back, go back one, one back, step back, the one before, previous one, i skipped it by accident, i skipped by accident, i skipped that by accident, skipped by accident, i skipped it by mistake, skipped it by accident, skipped by mistake, i skipped one by mistake, i hit done by mistake, i hit done by accident, i hit skip by mistake, i hit skip by accident, i pressed done by accident, i tapped done by accident, i tapped skip by accident, i clicked done by mistake, i clicked skip by mistake, pressed the wrong button, accident, back a step, one step back, go back a step, previous exercise, previous step, last step again
word-pause = pause it, phone rang, the phone rang, my phone rang, phone call, phone, doorbell, someone at the door, i need water, need water, water break, the baby is crying, be right back, hang on a sec, pause for 5 minutes, pause 5 minutes, five minutes please, give me 5 minutes, i need a minute, pause, wait, hold on, hang on, one sec, one second, a sec, one moment, just a moment, just a sec, hold on a sec, wait a minute, wait a sec, brb, give me a sec, give me a minute, pause for a minute, one minute, two minutes, back in a minute, back in a sec, back in a bit, phone's ringing, my phone is ringing, my phone's ringing, the phone is ringing, the phone's ringing, wife's calling, someone's at the door, there's someone at the door, need a wee, need the loo, toilet, toilet break, loo break, bathroom break, need to pee, i need to pee, need the toilet, stop for a moment, dog wants out, kids need me, the kids need me, drink, i need a drink, need a drink, drink break, let me get a drink, pause for a bit, pause for a sec, pause for a moment, pause a bit, pause there, hold it, hold it there, not ready, i'm not ready, i am not ready, not ready yet, i'm not ready yet, phone pause, not yet
word-resume = unpause, resume, continue, go on, carry on, keep going, go ahead, let's continue
word-how = what's the tempo, hold for how long, how long do i hold, how long do i hold it, band up or down, how fast, how does the band go, how does the band go on, where do i put the band, where do i put the band?, which side first, which side first?, how, how?, explain, how do i do this, how do i do this?, how do i do this one, how do i do this one?, how do i do it, how do i do it?, how do i do that, how do i do that?, how does this work, how does this work?, how does this one work, how does this one work?, how to do this, how to do this?, how to do it, show me how, explain this, explain this one, explain it, what do i do, what do i do?, where does the band go, where does the band go?, how do i put the band on, how do i put the band on?, where does the band go again, where does the band go now, show me the video, show me the clip, can you show me the video, can you show me the clip, show the video, show the clip, video, clip, what's this called, what's this called again, what is this called, what's this exercise, what is this exercise, how do i do this again, how does this go, how does it go
word-why = what is this for, what is it for, what's this for, what does this do, what does it do, why this exercise, why this one, why do i do this, what is the point of this, why
word-muscles = which muscle is this, which muscle, which muscles, which muscles are these, what muscle is this, what muscles, what muscles does this work, where should i feel it, where should i feel this, where do i feel it, where do i feel this
# What a runner feels a step in, behind and before one of the others
word-felt-in = i feel it in my, i feel it in the, i feel this in my, i can feel it in my, i only feel it in my, feel it in my, should i feel it in my, should i feel this in my, should i feel it in the, am i supposed to feel it in my, is it normal to feel it in my
word-felt-muscle = glute, glutes, bum, butt, buttocks, hamstring, hamstrings, hammies, quad, quads, thighs, calves, abs, core, tummy, obliques, upper arms, side of my hips, outer hips
word-mistakes = am i doing it right, am i doing this right, is this right, is that right, what am i doing wrong, what can go wrong, mistakes, common mistakes
word-levels = i can't balance, i lose my balance, i keep losing my balance, can i hold on to something, can i hold on, can i hold on to the wall, can i hold a chair, is there an easier version, is there an easier way, easier version, easier way, harder version, harder, easier, make it harder, make it easier, something easier, something harder, gimme something easier, give me something easier, give me something harder, an easier one, a harder one, easier one, harder one, can i have an easier one, can i have something easier, can it be harder, can it be easier, i want it harder, i want it easier, is there a harder version, is there a harder way, can't keep my balance, i can't keep my balance, losing my balance, i'm losing my balance, i keep wobbling, i'm wobbling, so wobbly, wobbly, i wobble
word-hurt = something hurts, hurts, it hurts, pain, ouch
word-out-of = of, out of
word-ache = an ache on both sides, ache, an ache, sore, soreness, muscle ache, both sides
word-pain-dull = dull pain, dull, a dull pain
word-pain-sharp = sharp or one-sided, sharp, sharp pain, stabbing
word-pain-one-sided = one-sided, one sided, one side
word-pain-joint = in a joint, joint, joint pain
word-pain-bone = on a bone, bone, bone pain
word-pain-groin = deep in the groin, deep groin, front of the hip
word-flags = a warning sign, warning sign, warning, warnings, numb
word-region-foot-ankle = foot or ankle, foot, ankle, feet, ankles, heel, toe, achilles
word-region-shin-calf = shin or calf, shin, calf, shins, calves, lower leg
word-region-knee = knee, knees, my knee
word-region-thigh = thigh, thighs, hamstring, hamstrings, quad, quads
word-region-hip-groin = hip or groin, hip, groin, hips, buttock, glute, glutes
word-region-back = lower or upper back, my back, spine
word-region-low-back = lower back, low back, my lower back, lower, low, the lower, the lower one, lower one, lower part, lower bit, the lower bit, low down, down low, bottom
word-region-upper-back = upper back, my upper back, between the shoulder blades, upper, the upper, the upper one, upper one, upper part, upper bit, the upper bit, top, up top, mid back, middle of my back
word-region-shoulder-arm = shoulder or arm, shoulder, arm, shoulders, arms, elbow, wrist, hand
word-region-elsewhere = elsewhere, somewhere else, neck, head, ribs, belly, chest
word-morning-worse = worse
word-morning-same = the same, same, about the same, still the same, no change, unchanged, no worse, not worse, it's not worse, not any worse, no better, not better, not any better, still hurts, it still hurts, still there, still sore, still a bit sore, still aches, no different
# One of the first, with none but the others beside it, says that it is worse.
word-worse = worse, worsened, worser
word-worse-beside = makes, make, making, made, gets, that, every, each, with, rep, set, step, exercise, movement, one, while, doing, again, keeps, becoming, ow, ouch, wait, a, bit, tad, it, is, it's, it has, has, today, this, morning, now, feels, felt, got, gotten, getting, lot, lots, way, little, slightly, much, even, still, definitely, actually, than, yesterday, before, last, night, overnight, when, i, woke, up, seems, sadly, unfortunately, sorry, yes, yeah, yep, if, anything, far, the, pain, really, think, afraid, am, say, would, and, only, somewhat, quite, so, sure, coach, after, all
word-morning-better = better, it is better, it's better, much better, a lot better, feels better, gone, it's fine, it is fine, fine now, feels fine
word-swap = i can't lie down, can i do this standing, can i do this standing?, can i do it standing, can i do it standing?, i have no chair, i have no wall, i hate this exercise, i don't like this exercise, no more of this, i can't do this one, i can not do this one, i can't do this exercise, i can not do this exercise, can i swap this, can i swap this one, can i swap, swap, change, something else, another exercise, another one, not this one, i hate this one, i don't like this one, swap this, swap it, swap this one, a different one, different exercise, something different
word-swap-back = swap back
word-stop = i have to go, i've got to go, got to go, gotta go, i gotta go, i have to stop, i have to stop here, have to stop, have to stop here, need to stop, i need to stop, i want to stop, finish, finish now, that's enough for today, enough now, i am finished with everything, stop, end, quit, stop here, end workout, end session, end the session, end the workout, stop the session, stop session, stop workout, stop the workout, stop now, finish here, enough for today, that's enough, quit session
word-session-pause = i need a break, need a break, quick break, short break, a break, break, break please
word-session-stop = finish later, i'll finish later, continue later, save and quit, can i finish this later, can i finish this later?, i'm done for today, i am done for today, done for today, enough, that's it for today, that's me done, that's me, that's me for today, i'm spent, i'm out, calling it, call it a day, let's call it a day, calling it a day, can we finish early, finish early, can i finish early, cut it short, shorten it, time's up, got to dash, i have to dash, gotta dash, need to dash, i'm out of time, out of time, no more time, i've had enough, had enough, skip to the end, skip to end, go to the end, jump to the end, skip everything, skip all the rest, skip the remaining, stop it, stop this, stop that, just stop
word-more = +15 s, +15, 15, more, more time, longer, give me more time, 15 more seconds, 5 more seconds, 10 more seconds, a few more seconds, more seconds, ten more seconds, extra time, bit longer, a bit longer
word-own-pace = my own pace, own pace, go at my own pace, at my own pace, at my pace, switch to my own pace, my pace
word-hands-free = hands-free, hands free, handsfree, go hands-free, go hands free, switch to hands-free, switch to hands free, hands-free mode, hands free mode, start the clock, turn on the clock, turn on the timer, start the timer, with the clock, use the clock, timer on, clock on
word-listen = can i listen instead, can i listen instead?, can i listen, can i listen?, do you have audio, do you have audio?, is there audio, is there audio?, can you talk me through it, can you talk me through it?, listen, listen to it, hear it, let me hear it, play it, as audio, audio
word-heard-all = all of it, all, everything, the whole thing, the whole track, i did it all, i did all of it, done, finished
word-heard-late = all of it, i did all of it, did all of it, i did it all, did it all, i did it after all, did it after all, i did do it, the whole thing, i did the whole thing, did the whole thing, the whole track, i did the whole track
word-heard-part = part of it, i did part of it, did part of it, i did half of it, did half of it, only half, half, about half, i did some of it, part, only part, only part of it, some of it, some, half of it, not all of it
word-heard-none = none, none of it, nothing, not at all, i didn't, i did not
word-heard-to = up to, until, till, as far as
word-easy = easy, too easy, easy peasy, piece of cake, a piece of cake, a breeze, easy enough, could have done more, i could have done more, could do more, like nothing, a walk in the park, not hard, not hard at all, not too hard
word-right = just right, right, about right, alright, all right, ok, okay, fine, perfect, spot on, just fine, manageable, doable, challenging, ok i guess
word-hard = too hard, hard, tough, tough one, hard one, hard work, brutal, killer, exhausting, too tough, too much, too heavy, a struggle, i struggled, struggled, difficult, too difficult, hard going, not easy
# What may stand before them.
word-felt = it was, that was, was, it felt, that felt, felt, it feels, it's, that's, bit, a bit, a little, quite, pretty, very, really, so, super, way, was a bit, it was a bit, that was a bit, it was quite, it was pretty, that was pretty, that was quite, it was really, that was really, it was very, that was very, it was so, that was so, it was way, felt quite, felt really, felt a bit, felt pretty, it felt really, it felt quite, it felt pretty, it felt a bit, it was all
word-no = no, nope, nah, cancel, never mind, nevermind, not now, leave it, none of these, none, neither, no thanks, no thank you, forget it, forget that, ignore that, nvm
word-keep = keep it, keep everything, keep my data, no keep it, don't, do not, please don't, don't do it, nah keep it, nope keep it, no keep them, nah don't, no leave it, no wait, no don't
word-not-me = not me, not me not now, it is not me, it's not me, i don't have it, i do not have it, that was not about me, that's not about me, it was a joke, just a joke, just kidding, only joking
word-sign-now = i have it now, i have it, yes i have it, yes i have it now
word-sign-yes = now, yes now, yes a bit, a bit, yes a little, a little, i do, yes i do
# Where it is in doubt whether a sign is meant, these say that it is not.
word-sign-no = no not now, not now, no not me, not anymore, not any more, no not anymore, no not any more, no it's gone, it's gone, it has gone, no it has gone, gone now, it went away, no it went away, no longer, not at the moment, no not at the moment, not right now, no not right now, that was last year, it was last year, no that was last year, that was ages ago, no that was ages ago, that was a while ago, it was last week, no it was last week, that was last week, it's fine now, no it's fine now, no it's fine, it's fine, i'm fine now, no i'm fine, no i'm fine now, no i'm ok, no i'm ok now, no that's him, that's him not me, no that's him not me, no that's her, that's her not me, no that's her not me, no he has it, no she has it, no it's not me
word-none-applies = none applies to me, no health issues, no health problems, no conditions, no issues, i have no health issues, i have no health problems, i have no conditions, none applies, nope, none of that, none of those, i'm healthy, none, none of them, none of these, nothing applies, nothing, no, i understand, none apply, none apply to me, none of these apply, none of those apply, none of them apply, i'm perfectly healthy, i am perfectly healthy, perfectly healthy, fit as a fiddle, i'm fit and healthy, fit and healthy, healthy, nothing applies to me, not applicable, n/a, all no, no to all, none of those things, nothing like that, i don't have any, i have none, i have none of these, i have none of those, i have nothing, nothing at all
word-one-applies = one applies to me, one applies, one, one of them, one of these, yes
word-that-is-all = that is all, that's all, that is it, that's it, that's everything, nothing else, no more, only that, just that, just that one, only that one, that's the lot, that's the only one, finished, done, all done, no others, nothing more, no other
word-condition-heart = heart or blood pressure, heart, blood pressure, high blood pressure, heart condition, heart trouble, medicine, medication, hypertension, bp, high bp, blood pressure pills, blood pressure tablets, heart problem, heart problems, heart disease, heart murmur, heart attack, pacemaker, stent, afib, atrial fibrillation, arrhythmia, beta blockers, blood thinners, tablets, meds, pills
word-condition-chest-pain = chest pain
word-condition-fainting = faint or dizzy, fainting, dizziness
word-condition-injury = injury, injured, bone problem, joint problem, muscle problem, arthritis, injuries, bad knee, bad knees, bad hip, bad back, torn meniscus, meniscus tear, torn acl, rheumatoid arthritis, osteoarthritis, tendinopathy, tendonitis
word-condition-spine = osteoporosis or a disc, osteoporosis, disc, disc trouble, slipped disc, herniated disc, osteopenia, bulging disc, prolapsed disc, disc problem, disc prolapse, brittle bones, slipped disk, herniated disk, bulging disk
word-condition-illness = lasting illness, illness, chronic illness, diabetes, asthma, asthmatic, diabetic, epilepsy, epileptic, copd, cancer, lupus, ms, multiple sclerosis, parkinson's, crohn's, colitis, fibromyalgia, kidney disease, thyroid, long covid, high cholesterol, cholesterol, anaemia, anemia, chronic fatigue
word-condition-surgery = surgery, operation, op, surgical, knee replacement, hip replacement, had an op, operated on
word-condition-pregnant = pregnant, pregnancy, expecting, up the duff, having a baby, trimester
word-condition-birth = gave birth, birth, had a baby, postpartum, c section, c-section, caesarean, cesarean, had my baby, had twins, newborn, giving birth, post partum, postnatal, had the baby, had our baby
word-condition-under-18 = under 18, i'm under 18, i am under 18, child, teenager
word-condition-over-69 = over 69, i'm over 69, i am over 69
word-condition-latex = latex allergy, latex, allergic to latex, rubber allergy, allergic to rubber, allergic to bands
# Words for another time, by which what was lately may be over.
# Words by which a condition that was told before may be over
word-condition-over = not, no, never, longer, anymore, over, gone, ended, without, healed, cured, wrong, mistake
word-condition-past = years, decades, childhood, teenage
word-age-filler = i'm, i, am, age, aged, year, years, old, yo, turned, just, only, yrs, yr, y/o, yesterday, today, now, y, o, last, week, month, still, and, half, it's
word-adult = they agree, agreed, yes
word-adult-who = my mum, my mom, my dad, mum, mom, dad, my mother, my father, my parents, my parent, parents, my guardian, my gran, my grandad, my grandma, my grandpa, my carer, they, he, she, they've, he's, she's, they're, both, both of them, mum and dad, my mum and dad, mom and dad, my mom and dad, yes my mum, yes my mom, yes my dad, yes my parents, yes mum, yes mom, yes dad, yes she, yes he, yes they, yes she's, yes he's, yes they're, they both
word-adult-agrees = agree, agrees, agreed, do agree, does agree, do, does, says yes, say yes, said yes, says ok, say ok, said ok, says it's ok, say it's ok, said it's ok, says it's fine, said it's fine, says that's fine, says i can, say i can, said i can, is ok with it, are ok with it, is fine with it, are fine with it, is happy with it, are happy with it, is happy, are happy, is here, here, are here, right here, will be here, is with me, with me, are with me, is in the room, in the room, allows it, allow it, is watching, watching, don't mind, doesn't mind, is cool with it, are cool with it, read it and agrees
word-agreed = a clinician agreed, clinician agreed, agreed, they agreed, my doctor agreed, my midwife agreed, my physio agreed, the doctor agreed
# With one of these a clinician has not agreed, as in “I will ask my doctor if it is ok”.
word-agreed-not = ask, asked, asking, asks, if, whether, until, till, unless, when, once, will, shall, tomorrow, appointment, waiting, wait, hope, hopefully, maybe, perhaps, might, would, could, should, can't, won't, wants, seeing, yet, book, booked, i'll, before, after, only, but, except
word-not-yet = not yet, not so far, i haven't asked yet, i haven't asked, haven't asked yet, i haven't yet, haven't yet, i didn't ask yet, i will ask, i'll ask, will do, i'll ask them, i'll ask my doctor, i haven't asked my doctor yet, i haven't asked my doctor, not asked yet, still waiting, waiting, i'm waiting, i have an appointment, appointment is next week
word-label-yes = yes, yes all of them, all of them, latex-free, latex free
word-label-no = no, not sure, unsure, no or not sure, i don't know, don't know
word-yes = that's right, yes that's right, yes it is, that's it, exactly, correct, yes correct, yes, yes please, yep, yeah, y, yup, yes do, do it, go on then, go for it
# What may stand before and behind a short answer, and changes nothing.
word-courtesy-opening = ok, okay, yes, yeah, yep, yup, right, alright, so, um, uh, er, erm, oh, ah, hm, hmm, hey, hi, sorry, oops, whoops, coach, please, pls, plz, just, actually, and, then, i think, i guess, i mean, i meant, i would say, i'd say, it is, it's just, it's more, probably, maybe, can you, could you, can we, could we, can i, could i, may i, please can i, i want to, i'd like to, i would like to, i need to, let me, i'll, i will, now, 👍, 👌, 💪, 🙂, 😀, 😄, 😁, 😅, 😊, 🙏, 🎉, 🔥, 😂, 🤣, 😉, ✅, hang on, hold on, wait, one sec, great, good, cool, nice, perfect, awesome, fine
word-courtesy-closing = please, pls, plz, thanks, thank you, thx, ta, cheers, then, coach, mate, bro, dude, man, lol, haha, for now, sorry, tbh, to be honest, actually, honestly, i think, i guess, i suppose, i'd say, x, xx, ok, 👍, 👌, 💪, 🙂, 😀, 😄, 😁, 😅, 😊, 🙏, 🎉, 🔥, 😂, 🤣, 😉, ✅
word-place-label = city:, town:, place:, location:, home:, my city is, my town is, i come from
word-place-who = i'm, i am, i live, i run, we are, living, based
word-place-behind = tomorrow, next month, on monday, on tuesday, on wednesday, on thursday, on friday, on saturday, on sunday, now, right now, today, this week, next week, this weekend, at the moment, currently, these days, this month, for now, for a week, for two weeks, for a few days, for the week, for work, on holiday, on vacation, again, until sunday, until monday, until friday
word-place-where = in, near, at, from, around, outside, close to
word-date-from = from, starting
word-date-until = until, till, til, to, back
word-date-for = for, in, over
word-date-this = this, current
word-date-next = next
word-date-end = end
word-date-week = week
word-date-month = month
word-date-year = year
word-date-weekend = weekend
word-date-today = today
word-date-christmas = christmas, xmas, christmas day, xmas day
word-date-boxing-day = boxing day, st stephen's day
word-date-new-years-eve = new year's eve, new year eve, nye, hogmanay
word-date-new-year = new year, new year's, new year's day
word-date-after-next = after next
word-date-filler = the, a, of, on, at, and, or so, evening, morning
word-date-christmas-eve = christmas eve, xmas eve
word-date-ordinal = st, nd, rd, th
# The days of a month in words, in their order
word-date-nth = first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh, twelfth, thirteenth, fourteenth, fifteenth, sixteenth, seventeenth, eighteenth, nineteenth, twentieth, twenty-first, twenty-second, twenty-third, twenty-fourth, twenty-fifth, twenty-sixth, twenty-seventh, twenty-eighth, twenty-ninth, thirtieth, thirty-first
word-date-tomorrow = tomorrow, tomorow, tmrw, tomoz, tmr, tomorro, 2moro
word-date-good-friday = good friday
word-date-easter = easter, easter sunday, easter day
word-date-easter-monday = easter monday
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
# What is no run, in a week that is told in a sentence
word-not-runs = strength, gym, weights, band, bands, yoga, pilates, remind, reminder, reminders, training, train, swim, swimming, cycling, bike, ride
word-run-easy = easy, easy run, easy ride, easy bike, swim, swimming, ez, jog, jogging, recovery run, recovery, steady
word-run-hard = hard, tempo, intervals, interval, speed, speedwork, track, threshold, hills, hill reps, quality, fast, parkrun, fartlek, hard ride, long ride, football, soccer, tennis, climbing, bouldering, rugby, basketball, hockey, squash
word-run-long = long, long run, long runs, longest, longest run, lsd
word-run-rest = rest, resting, rest day, off day, day off, off
# A run that has moved, and one of which the day is told anew
word-run-moves = move, moved, moves, moving, shift, shifted, swap, swapped, switch, switched
word-run-now = is now, are now, now is, now are, from now on
# With these it is not told of every week
word-week-not-told = not, no, never, don't, dont, did, was, were, ran, went, skipped, missed, today, yesterday, tomorrow, this, next, last, if, when, instead, can't, cant, felt, how, what, why, should, can, is
# What is no run and counts as a hard one
word-sports = football, soccer, tennis, climbing, bouldering, rugby, basketball, hockey, squash
word-suit-time = another time, other time, a different time, different time, change the time
word-suit-days = fewer days, less days, fewer, less often
word-suit-break = a break, break, i need a break, take a break
word-suit-keep = keep them, keep, keep them as they are, keep it, leave them, as they are
word-use-days = use these days, use those days, use them, use these, use those, take these days, take those days, take these, these days please, use your days, use the proposed days, save these days, i'll use these days, i'll take these days, let's use these days, these days
word-move-it = move it, move it there, yes move it, yes move it there, please move it, yes do that, do that
word-move-behind = instead, is better, would be better, works, suits me, suits me better, please, then
word-move-to = rather, better, let's do it, let's do it on, let's do, do it, do it on, to, on, move it to, yes to, yes on, yes
word-archive-use = use it, use this, use that, use the file, use the export, use the backup, bring it back, restore it
word-plan-use = use it, use this, use that, use the plan, use my plan, use this plan, save it, looks good, that's right, correct
word-plan-skip = not a run, no run, none, nothing
word-plan-back = skip, skip it, later, back, back to the plan, not sure, unsure, i am not sure, don't know, i don't know, dunno, no idea
word-run-none = none, nothing, no run, no running, free, do not run, don't run, never run
word-went-ran = i ran it, ran it, yes i ran it, yes i did, finished, i finished, i finished it, finished it, i did it, did it, done it, i got round, got round, it went well, it went great, it went ok, it went okay, it went badly, went well, it was great, it was good, it was ok, it was hard, it was tough, it was awful, it was amazing, it was brilliant, was great, was good, was hard, was awful, was brilliant, pb, i got a pb, got a pb, new pb, pr, i got a pr, got a pr, loved it, i loved it
word-went-part = i stopped early, stopped early, dropped out, i dropped out, did not finish, didn't finish, i did not finish, i didn't finish, dnf, i bailed, bailed, i pulled out, pulled out
word-went-not-started = i did not start, i didn't start, did not start, didn't start, i did not run it, i didn't run it, dns, it was cancelled, it was canceled, it got cancelled
word-race-k5 = 5k race, five k, parkrun
word-race-k10 = 10k race, ten k
word-race-half = half marathon, half-marathon, half, hm, halbmarathon, semi-marathon, semi marathon, media maratón, media maraton, mezza maratona, meia maratona, halve marathon
word-race-marathon = marathon, full marathon, full, maratón, maraton, maratona
word-race-ultra = ultra, ultramarathon, ultra marathon, ultra-marathon
word-race-long-ultra = long ultra, 24 hours, hundred miler
# Words of a time away that is told in a sentence
word-away-told = away, gone, holiday, holidays, vacation, trip, travelling, traveling, abroad, skiing, hiking, camping, sailing, conference, exams, visiting
# Before another end or begin of a known time away
word-away-correction = actually, no, actually only, no only, make it, make that, only, sorry, i mean, i meant, it's, it is, change it to, no it's, actually it's
word-away-not-told = not, no, never, was, were, went, before, after, if, when, race, dont, wont, isnt, last, how, what, why, where
# Statements of one message; with one of the first the message is not split, and with one of the last a part is none
word-conditional = if, unless, when, whenever, whether, or, instead
word-i-am = i'm, i am, this is, my name is, name's, name is
word-statement-joining = and, but, plus, also, then
word-not-told = not, no, never, felt, went, started, skipped, missed, moved, had, loved, struggled, without, dont, cant, wont, isnt, didnt, doesnt, last, ago, was, were, ran, did, raced, finished, cancelled, canceled, he, she, they, his, her, their, friend, friends, mate, colleague, brother, sister, wife, husband, partner, son, daughter, mum, mom, dad
word-race-correction = no, no it's, no it is, sorry, wrong, wrong date, wrong date it's, i mean, i meant, actually, it's, it is, it moved to, it's moved to, it was moved to, it's now on, moved to
# Before a time of day, which is no date
word-clock = at, around
word-race-changes = change, changed, changing, switch, switched, switching, dropping, dropped, downgraded, upgraded
# Between what a race is not and what it is
word-race-but = but, it's, its, it is, rather, but it's, but its
word-race-denied = not, isn't, isnt
word-race-joining = and, plus, then, also
# A sentence with one of the first and none of the last, and with a date, may be about a race to come;
# with one of the second, the coach asks for the date
word-race-told = race, races, racing, marathon, halfmarathon, ultra, ultramarathon
word-race-planned = train for, training for, prepare for, preparing for, signed up for, entered
word-race-ordinal = first, second, third, next
word-race-goal = sub, under
word-race-not-told = { word-not-told }, off, before, after, until, since, if, why, how, when, what, should, can, could, may, weekly, every
word-race-date-opening = it is on, it's on, it is, it's, actually it is on, actually it's on, actually, no it is on, no it's on, on
# How much a race counts, behind its date: /race 10 km 2 May for training
word-rank-main = main race, goal race, a-race, priority a, main, most important
word-rank-minor = b race, b-race, priority b, smaller race, tune-up race, tune-up, tune up, b
word-rank-training = training run, practice race, c race, c-race, priority c, as a training run, training race, just for training, for training, as training, for fun, c
word-daily = daily, everyday, every-day, every day, each day, all days
word-until = to, till, until, through
word-letters-monday = m
word-letters-tuesday = t, tu
word-letters-wednesday = w
word-letters-thursday = t, th
word-letters-friday = f
word-letters-saturday = s, sa
word-letters-sunday = s, su
word-filler = pls, plz, thx, thanks, only, just, at, on, and, every, each, in, the, o'clock, then, please, me, remind, around, about, ish, days, day, time, for, no, instead, make, it, rather, actually, n, anymore, any more, too
word-days-add = set a reminder for, set a reminder on, add a reminder for, add a reminder on, make, change, change my, set, put, and, also, and also, plus, add, and on, also on, and add, please add, as well as
word-days-add-behind = too, as well, also
word-days-take = no, no to, not, not on, but not, without, remove, drop, delete, except, no more, never on, never, not anymore on, leave out, take out
word-days-move = move, move my, swap, swap my, switch, switch my, change my, change, can we move, can you move, can i move, please move, shift, swap out
# Of which weeks a change of a training day is meant
word-weeks-once = this week, only this week, just this week, for this week, this time, just this time, this once, just this once, only once, just once, once, this one, only this one, just this one, this
word-weeks-next = next week
word-weeks-always = every week, each week, always, from now on, for good, permanently, anymore, any more, any longer, no longer, every, all weeks, forever, every time, generally, in general
word-earlier = earlier, sooner
word-later = later
word-days-instead = instead of, rather than, not
word-days-session = session, training, workout, strength
word-weekly-days = mondays, tuesdays, wednesdays, thursdays, fridays, saturdays, sundays
word-days-move-to = to, for, with, and
# A single day with one of these is meant alone; without, the coach asks
word-days-alone = only, just, from now on, nothing else
word-days-only = only, only on, just, just on, but only, from now on only
word-days-opening = put me down for, i have time on, i prefer, i would rather train, i'd rather train, i'd rather do it, i would rather do it, strength:, training:, days:, training days:, reminders:, strength, strength on, i do strength, i do strength on, i want to do strength on, i want strength on, want reminders, i want reminders on, reminders on, i only have time on, i can only train on, i can only do, i can do, i want to add, switch to, swap to, from now on, from now on i train, from now on i'll train, i'll train, i will train, only, only on, just on, remind me on, can you remind me, could you remind me, can you remind me on, could you remind me on, please remind me on, change the days to, change days to, change the day to, move my reminder to, move the reminder to, move reminder to, move reminders to, change my reminder to, change the time to, change my time to, i train, i want to train, i would like to train, i'd like to train, i can train, let's train, train, my days are, my training days are, training days, training, reminders, set reminders, reminder, set reminders for, set my reminders to, set my days to, change reminders to, change my reminders to, change to, move to, move my reminders to, change my days to, make it, remind me, how about, let's say, i'm free, i am free, i'm free on, i am free on, text me, text me on, ping me on, message me on, i'd like reminders, i would like reminders, i want reminders, can u remind me on, set a reminder for, set a reminder on, set reminders on, remember me on, please remember me on, remember me, could we do, can we do, could i do, can i do it on, i'd rather do, i would rather do, let's do, do
word-correction = no, nope, sorry, i mean, i meant, actually, make it, no i mean, no i meant, no make it, sorry i mean, no sorry, oops, rather, no rather, make that, no wait make that, no wait, wait make that
word-yesterday = yesterday, yesterdays
word-long-ago = week, weeks, month, weekend, days
# Training elsewhere that is over has one of these
word-done-past = did, done, went, was, been, trained, had, lifted, finished, already, yesterday, exercised, logged, log, count, record, add, enter, forgot, tap, ago
word-once-every = every, each, daily
word-once-after = in, after
word-once-half = half an, half
word-once-one = an, a, one, another
word-once-today = today, tonight
word-once-tomorrow = tomorrow, tomorow, tmrw, tomoz
word-once-tonight = tonight
word-minutes = minutes, minute, mins, min
word-hours = hours, hour, hrs, hr
word-days = days, day
word-weeks = weeks, week
word-fortnight = fortnight, fortnights
word-months = months, month
word-noon = noon, midday
word-midnight = midnight
word-part-morning = morning, mornings, before work, b4 work, early
word-part-lunch = lunch, lunchtime, lunch time, lunch break, lunchtimes, at lunch
word-part-afternoon = afternoon, afternoons, arvo, arvos
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
word-number-13 = thirteen
word-number-14 = fourteen
word-number-15 = fifteen
word-number-16 = sixteen
word-number-17 = seventeen
word-number-18 = eighteen
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
word-bands-filler = 2, 3, 4, new, another, now, two, three, both, couple, of, are, yesterday, today, a, an, the, my, one, i, have, own, band, bands, loop, loops, resistance, colour, color, in, is, it, called, with, and, or, please, thing, things, ones, resistance one, too, also, as, well
word-bands-have = i have got, i have, i've, i've got, i got, i own, i only have, i only own, i've only got, i only got, i just have, i just own, all i have is, all i have are, all i've got is, i bought, i have bought, i also have, i now have, my band is, my bands are, my only band is, i use, i have only, i have only got, i have just, i've just got, only have, have, got, only, just, bought, i just bought, just bought, just got, i've just got, i also got, i have bought, now i have, i found, and
word-bands-only = only, just, all, my only
word-bands-joining = and, plus, &, +

## The menu and what the bot says of itself

command-start = welcome, safety, your first session
command-exercise = how an exercise is done, such as /exercise deadbug
command-routine = start a session, such as /routine 10 min hips; /routine new writes your own
command-week = your runs, and the strength days that fit them
command-race = your race, and what it changes
command-today = what to do today, and why
command-pain = something hurts, or is fine again
command-reminders = training days and times
command-timezone = where you are, for the right local time
command-calendar = your training days as a file for your calendar
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
    Strength work for distance runners, with one or two resistance bands, in short sessions.

    I explain every exercise, walk you through a session one step at a time, and remind you on your training days.

    Tap Start.

## Welcome and safety

welcome =
    Hello { $name }, I coach runners with bands.
welcome-back = Hello { $name }. Your next session is ready when you are.
safety =
    <b>Does one of these apply?</b>
    • heart trouble, high blood pressure, medicine for either
    • chest pain, fainting, dizzy spells
    • bone, joint or muscle problem that exercise could worsen
    • osteoporosis, disc trouble, lasting illness
    • pregnant, birth within 12 months, surgery within 6
    • under 18, over 69 and inactive
    • latex allergy
safety-which = Which one? Tap every one that applies to you, then That is all.
safety-told = You said that this applies:
safety-told-none = You said that none of these applies.
condition-heart = • heart, blood pressure, or medicine for either
condition-chest-pain = • chest pain
condition-fainting = • fainting or dizziness
condition-injury = • a bone, joint or muscle problem
condition-spine = • osteoporosis or a disc
condition-illness = • a lasting illness
condition-surgery = • surgery in the last 6 months
condition-pregnant = • pregnant
condition-birth = • gave birth in the last 12 months
condition-under-18 = • under 18
condition-over-69 = • over 69 and not active
condition-latex = • a latex allergy
safety-age = How old are you?
safety-adult-16-17 =
    Strength work suits your age, as long as good form comes before a strong band.

    Please show this to a parent or guardian. Do they agree that you train, with an adult in reach whenever an exercise is new to you?
safety-adult-13-15 =
    Strength work suits your age, as long as good form comes before a strong band.

    Please show this to a parent or guardian. Do they agree that you train, with an adult in the room every time?
safety-too-young = Band Coach is for runners from 13 on, so I can't take you through sessions yet. Running, climbing and playing make you strong too, and a coach near you can show you more. I look forward to seeing you later!
safety-reaction = Has latex ever given you trouble breathing, swelling or an allergic shock?
safety-label = Are all your bands labelled latex-free? Many bands are made of latex, and fabric does not mean latex-free: woven bands often contain rubber threads. So go by the label.
safety-with-latex = Then please leave those bands alone. Your sessions use none, and an exercise that can't do without one is swapped for another. Look for bands labelled latex-free, and tap below when you have some.
safety-waiting = <b>Please ask first</b>
safety-waiting-until = Show them the exercises if you like: /exercise explains each. Sessions wait until you tell me that they agreed.
ask-about-heart = • your doctor, about your heart, your blood pressure or the medicine
ask-about-chest-pain = • your doctor, about the chest pain
ask-about-fainting = • your doctor, about the fainting or dizziness
ask-about-injury = • a doctor or physiotherapist, about your bone, joint or muscle problem
ask-about-spine = • your doctor or physiotherapist, about your bones or your disc
ask-about-illness = • your doctor, about your illness
ask-about-surgery = • your surgeon, doctor or physiotherapist, about the operation
ask-about-pregnant = • your midwife or doctor, about training while you are pregnant; I ask again every three months
ask-about-birth = • your doctor or a pelvic-health physiotherapist, about training after the birth
ask-about-over-69 = • your doctor, about taking up exercise
ask-about-latex-reaction = • your doctor, about how you react to latex
ask-about-warning-sign = • a doctor or physiotherapist, about the warning sign you told me of
safety-ask-again = You have been away for eight weeks or more. So before we start again, gently, one question:
safety-ask-first = One question before any session:
safety-applies = You said that something on this list applies to you.
safety-clear = None applies. If that changes: /start
safety-agreed = You said that a clinician agreed. Start gently, and tell them if anything changes.
safety-rules =
    Stop for sharp, one-sided, joint or bone pain.
    Chest pain, fainting, unusual breathlessness: get emergency help.
    Never hold your breath.
    Check the band for nicks; keep it from your face.
first-session =
    <b>{ $name }</b>: { minutes-long } after warming up, with { $kit }.

# Used within other sentences.
minutes-long = { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    }

## Exercises

exercise-spoken = How <b>{ $name }</b> is set up and done, read aloud.
exercise-not-spoken = I can't read that aloud just now. How? has it in writing.
exercise-title = <b>{ $name }</b>
exercise-in-short = <i>{ $text }</i>
exercise-band = <b>Band:</b> { $text }
exercise-set-up = <b>Set-up</b>
exercise-movement = <b>Movement</b>
exercise-way-back = <b>Return</b>
exercise-cues = <b>Keep in mind</b>
exercise-mistakes = <b>Common mistakes</b>
exercise-muscles = <b>Works:</b> { $primary }
exercise-glow = The golden glow in the clip shows where you work.
exercise-muscles-too = Also: { $secondary }
exercise-why = <b>Why runners do it:</b> { $text }
exercise-dose =
    <b>How much:</b> { $most_sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $unit ->
        [steps] { $high ->
            [one] one step
           *[other] { $amount } steps
        } each way
        [trios] { $high ->
            [one] one round
           *[other] { $amount } rounds
        }{ $sided ->
            [yes] {" "}on each leg
           *[no] {""}
        }
        [seconds] { $high ->
            [one] one second
           *[other] { $amount } seconds
        }{ $sided ->
            [yes] {" "}on each side
           *[no] {""}
        }
       *[reps] { $high ->
            [one] one repetition
           *[other] { $amount } repetitions
        }{ $sided ->
            [yes] {" "}on each side
           *[no] {""}
        }
    }, rest { $rest } s
range = { $low }–{ $high }
exercise-easier = <b>Easier</b>
exercise-harder = <b>Harder</b>
exercise-safety = <b>Safety</b>
exercise-rests = <b>Not for now:</b> this loads { region }, which has to rest.
exercise-unsuited = <b>Not for you now:</b> your sessions leave it out because of what you told me about your health.
exercise-your-form = <b>In your session: { $name }</b>
exercise-other-form = <b>Another form: { $name }</b>
exercise-item = • { $text }
exercise-adjustment = • { $text }{ $bands ->
        [none] {" "}Only without a band.
        [mini-band] {" "}Only with a mini band.
        [hip-circle] {" "}Only with a hip circle.
        [long-loop] {" "}Only with a long loop.
        [long-band] {" "}Only with a long band.
        [not-mini-band] {" "}Not with a mini band.
        [not-hip-circle] {" "}Not with a hip circle.
        [not-long-loop] {" "}Not with a long loop.
        [not-long-band] {" "}Not with a long band.
       *[any] {""}
    }
exercise-number = { $number }. { $text }
exercise-new = Stop if it hurts. New to it? Tap How? and Safety first.
exercise-anatomy = <i>In anatomy: { $names }</i>
exercise-stop = Stop if it hurts sharply, on one side, in a joint or on a bone.
exercise-source = <i>{ $authors }, { $year }. { $published }</i>
exercise-near = I am not sure which exercise “{ $words }” is. Did you mean:
exercise-missing-near = I don't have “{ $words }”. The closest I have:
exercise-missing = I don't have “{ $words }”. Pick one from the list.
inline-missing = I don't have “{ $words }”
exercise-unknown = I can't explain “{ $words }”. Try /exercise deadbug, or pick one from the list.
exercise-gone = That exercise is not in the library any more. Your session goes on as it was.

## The library

browse = What are you looking for? You can also type it, for example: /exercise hamstrings
browse-trains = By muscles
browse-aim = By purpose
browse-band = By band
browse-studies = What studies found
browse-other-studies = Other questions
browse-all = A to Z
browse-which-trains = Which part of the body?
browse-which-aim = What is it for?
browse-which-band = Which band do you have at hand?
browse-which-studies = What would you like to know? I'll tell you what was measured, on whom, and what it does not show.
browse-question = <b>{ $name }</b>
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
kind = { $kind ->
        [mini-band] mini band
        [hip-circle] hip circle
        [long-loop] long loop
        [long-band] long band
       *[door-anchor] door anchor
    }
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
strength = { $strength ->
        [extra-light] extra light
        [light] light
        [medium] medium
       *[heavy] heavy
    }
bands-title = <b>Your bands</b>
bands-line = • { kind }: { $bands }
bands-line-anchor = • { kind }, or a firm post
bands-coloured = { strength } ({ $colour })
bands-ticked = ✓ { $label }
bands-none = You have no bands, so your sessions use exercises that need none.
bands-untold = I don't know your bands yet, so I plan for a mini band at most. Tap what you have, or type it, for example: /bands mini light green, mini medium red, long loop heavy
bands-hint = Tap to change it. Colours differ from maker to maker, so go by how strong a band feels.
bands-saved = Your sessions fit these bands from now on: /routine. Tap below to change them.
bands-which = Which strengths of { kind } do you own? Colours differ from maker to maker, so go by how strong it feels.
bands-fabric = Fabric does not mean latex-free: it often contains rubber threads. If you are allergic to latex, go by the label.
bands-colour = What colour is your { kind }, { strength }{ $colour ->
        [none] {""}
       *[other] {" "}({ $colour })
    }? Any other name can be typed, for example: /bands mini light mint, long loop heavy
bands-error-kind = I can't read “{ $word }”. Bands look like this: /bands mini light green, long loop heavy, door anchor
bands-error-level = How strong is “{ $word }”: extra light, light, medium or heavy? For example: /bands mini light green, long loop heavy
bands-ask-kind = Which kind are they? Name it with the strength, as in “mini bands light yellow, medium red”, or tap it below.
bands-ask-level = How strong is your { kind }? Colours differ from maker to maker, so go by how strong it feels.
bands-level-left = All right, I change nothing. /bands shows what I know of your bands.
bands-error-colour = “{ $word }” is too long for a colour, 20 characters are enough. For example: /bands mini light green, long loop heavy

## Routines

routine-list = Which routine? A two-minute warm-up comes first where one is needed; you may skip it.
routine-list-bands = Tell me which bands you own with /bands, and your sessions will fit them.
routine-entry = <b>{ $name }</b> · { $minutes } min · { $level } · { $kit }
routine-spared = { $instead } replaces { $planned } for now.
routine-swapped = { $instead } replaces { $planned }, as you asked.
routine-swap = Without a { $kit }, { $planned } becomes { $instead }.
level-beginner = beginner
level-intermediate = intermediate
level-expert = advanced
routine-suggested = <b>Next for you: { $name }</b>
routine-because-first = Everybody begins with this one.
routine-because-newcomer = Your first two weeks are not over yet.
routine-because-return = After eight weeks off or more, you begin gently again.
routine-because-standard = It takes turns with the others, and has the exercises that runners need most.
routine-because-heavy = You have trained for four weeks or more, so it may be heavy now.
routine-because-turn = Of those that suit your bands, it is the one you did longest ago.
routine-because-spares = It leaves alone what has to rest.
routine-needs = You need: { $kit }.
routine-others-need = The others need: { $kit }.
routine-with-kit = With { $kit }: { $names }.
routine-take = Take this one · { $minutes } min
routine-button = { $name } · { $minutes } min
routine-title = <b>{ $name }</b>
routine-ready =
    { minutes-long }, { steps-long }. You need: { $kit }.
routine-ready-short = { minutes-long }, { steps-long }.
steps-long = { $steps ->
        [one] one step
       *[other] { $steps } steps
    }
routine-ready-hint = Put the phone where you can see it. I send one step at a time and say how many repetitions; you count them and tap Done.
routine-ready-hands-free = It runs by itself: after Start I will tell you when to go, when to rest and what comes next.
routine-ready-listen = Listen sends it as one audio track, for a locked phone.
note-one-week = Welcome back. You had more than a week off, so each exercise has one set fewer today.
note-two-weeks = Welcome back. After two weeks off there are at most two sets of each exercise today, at the usual tempo. Expect the worked muscles to ache for a few days; it passes.
note-four-weeks = Welcome back. After four weeks off there is one set of each exercise today, with a lighter band where you have one. Expect the worked muscles to ache for a few days; it passes.
note-eight-weeks = Welcome back. After eight weeks off you begin afresh: one set, your lightest band, the easier forms. Expect the worked muscles to ache for a few days; it passes.
note-cleared = Good to have you back. The first session after an emergency or a fever is a smaller one, and nothing becomes harder after it. Stop at once if anything feels wrong.
note-long-since = Some of this you have not done for two weeks or more, so there is less of it today. Expect the worked muscles to ache for a few days; it passes.
note-new = Something today is new to you, or you have not done it for eight weeks: there is one set of it, in its easier form. Tap How? for how it is done.
note-much-new = Several exercises are new to you, or you have not done them for eight weeks. So there is one set of everything today, and these come in their easier form. Tap How? for how they are done.
note-swapped-back = What you swapped because of pain is back as it was, now that nothing rests there any more.
note-easier-week = This is your easier week, as every fourth is: one set fewer, and nothing becomes harder.
note-run-near = A hard or long run is near in your week, so this is a small one: one set of each exercise, and nothing becomes harder after it. /week shows your week.
note-adult = Is an adult in the room with you? Then off you go.
note-fewer-sets = You have done a lot this week already, so there are fewer sets today.
note-too-soon = Your last session was less than 48 hours ago, so this is a light one: one set of each exercise, and nothing becomes harder after it.
note-week-full = You have trained enough this week to grow stronger, so this is a light one: one set of each exercise, and nothing becomes harder after it.
note-sets-full = You have done as many sets this week as your body is used to, so this is a light one: one set of each exercise, and nothing becomes harder after it.
cap-too-soon = Your last session was less than 48 hours ago, and muscles grow stronger in the rest between. So today is for rest, or for something light.
cap-week-full = You have trained enough this week to grow stronger. So today is for rest, or for something light.
cap-sets-full = You have done as many sets this week as your body is used to, and more would only tire it. So today is for rest, or for something light.
cap-anyway = You may train all the same. <b>{ $name }</b> is then a light session: one set of each exercise, and nothing becomes harder after it.
routine-unknown = I don't know a routine called “{ $words }”. These are the ones I have:

## A routine of one's own

own-ask = <b>A routine of your own.</b> Which exercises, in which order? One message is enough:
own-example = clamshell 2x12, dead bug 2x30s, monster walk 2x10, rest 30
own-limits = At most { $exercises } exercises and { $minutes } minutes with the warm-up. I show you what I understood before anything is saved.
own-title = <b>{ $name }</b>, as I read it:
own-title-saved = <b>{ $name }</b>
own-line = { $number }. { $name }: { $sets ->
        [one] 1 set
       *[other] { $sets } sets
    } of { $amount } { $unit ->
        [seconds] s
        [steps] { $amount ->
            [one] step
           *[other] steps
        }
        [trios] { $amount ->
            [one] trio
           *[other] trios
        }
       *[reps] { $amount ->
            [one] rep
           *[other] reps
        }
    }{ $sides ->
        [each] {" "}on each side
       *[none] {""}
    }{ $remark ->
        [usual] {" "}<i>(what you left open is as usual)</i>
        [most] {" "}<i>(that is the most I go up to)</i>
        [least] {" "}<i>(less would be over at once)</i>
        [held] {" "}<i>(it is held, so it goes by seconds)</i>
       *[none] {""}
    }
own-line-twice = { $number }. { $name } is in it already, so it counts once.
own-line-open = { $number }. “{ $name }” – which one is that?
# As a runner types it: data/locales/en/routine-words.toml has the words.
own-typed = { $name } { $sets }x{ $amount }{ $unit ->
        [seconds] s
       *[other] {""}
    }
own-typed-rest = rest { $seconds }
own-rest = Rest: { $seconds } s.
own-rest-usual = Rest: as usual for each exercise.
own-minutes = About { $minutes } minutes, with a two-minute warm-up.
own-which = Which exercise is “{ $name }”? Tap it, or type its name.
own-which-none = I know no exercise called “{ $name }”. Type another name for it, or leave it out.
own-many = A routine has at most { $most } exercises, and this has { $count }. Send the list again with fewer.
own-long = With the warm-up this takes { $minutes } minutes, and a session takes { $most } at most. Send the list again with fewer exercises or sets.
own-empty = Nothing is left of it. Send the list again, or cancel.
own-save = Is that right? Then save it. You can also type a name for it, or send the whole list again.
own-change = To change it, send the whole list again, or just a new name. This is what it is now:
own-name-default = My routine
own-name-long = A name has at most { $most } characters. Try a shorter one.
own-name-empty = I can't see anything in that name. Type one with letters, or save it as it is.
own-saved = Saved. It is in your /routine list and runs as every routine does: with your bands, without what hurts, and with repetitions that grow as you do.
own-changed = Changed. Whoever kept a copy still has it as it was.
own-copied = It is yours now: change it as you like.
own-kept-before = You have it already.
own-full = You have { $most } routines of your own, and that is the most. Remove one first: /routine shows them.
own-link = Others get a copy by this link:
own-shared = <b>{ $name }</b>, a routine that somebody made for you.
own-gone = That routine is no longer there. These are:
own-link-gone = That routine is no longer there. Whoever made it may have removed it. These are the ones I have:
own-left = Nothing was saved.
own-remove-ask = Remove <b>{ $name }</b>? What you trained with it stays in your progress. Copies that others kept stay theirs, and its link stops working.
own-removed = <b>{ $name }</b> is removed.

## A session made for minutes and a purpose, and what to do today

made-ready = { $minutes } minutes with the warm-up, { $steps } steps. You need: { $kit }.
made-shorter = You asked for { $asked } minutes. Today your bands, what rests and this week's training leave room for { $minutes }.
made-longer = You asked for { $asked } minutes. Today the shortest session takes { $minutes }.
made-none = I can't make that one today: your bands, what rests or this week's training rule it out.
made-nearest = My sessions take from { $least } to { $most } minutes, with the warm-up. Here is the nearest:
made-unknown = I do not know what “{ $words }” is for a session. I can make one for these, such as <code>/routine 10 min hips</code>:
made-several = One session at a time, please, such as <code>/routine 10 min hips</code>. Which one?
today = <b>{ $name }</b> · { $minutes } min · { $kit }

## In a session

step-place = <b>{ $place } of { $total }</b>  { $bar }
step-name = <b>{ $name }</b>
step-set = Set { $set } of { $sets }
step-round = Round { $set } of { $sets }
step-go = { $go ->
        [1] first half
       *[other] second half
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
step-work-count = <b>{ $seconds } seconds</b>, about { counted }
step-count = <b>{ counted }</b>, then tap Done
counted = { $unit ->
        [steps] { $count ->
            [one] one step
           *[other] { $count } steps
        }{ $each ->
            [yes] {" "}each way
           *[no] {""}
        }
        [trios] { $count ->
            [one] one round of three
           *[other] { $count } rounds of three
        }{ $each ->
            [yes] {" "}on each side
           *[no] {""}
        }
       *[reps] { $count ->
            [one] one repetition
           *[other] { $count } repetitions
        }{ $each ->
            [yes] {" "}on each side
           *[no] {""}
        }
    }
step-band = Band: { $text }
step-band-none = Without a band: move slowly and hold the hardest point for a moment.
step-gently = Gently today: one set, no band, small movements. Stop if anything hurts.
step-own = Band: your { strength } { kind }. { $text }
step-own-colour = Band: your { $colour } { kind } ({ strength }). { $text }
step-tempo-1 = Tempo: in each repetition, pause two seconds where it is hardest.
step-tempo-2 = Tempo: take two seconds more on the return, and pause one second where it is hardest.
step-easier = Easier today: { $text }
step-harder = Harder today: { $text }
step-cue = • { $text }
step-next-switch = After this: { $rest } s, then { $side }.
step-next-go = After this: { $rest } s, then the second half.
step-next-rest = After this: rest { $rest } s, then set { $set } of { $sets }.
step-next-rest-side = After this: rest { $rest } s, then set { $set }, { $side }.
step-next-change = After this: rest { $rest } s, then { $name }.
step-next-last = This is the last one.
step-warm-up =
    <b>Warm-up, { minutes-long }</b>
    Walk briskly, march or jog; then easy squats and leg swings. No band yet.
warm-up-standing-arms-still =
    <b>Warm-up, { minutes-long }</b>
    Walk briskly or march, and let your arms hang. Then a few half squats and leg swings, without the band.
warm-up-walk =
    <b>Warm-up, { minutes-long }</b>
    Walk easily and let your arms swing. Then bend your knees a little, a few times. No jogging, no leg swings, no twists.
warm-up-walk-arms-still =
    <b>Warm-up, { minutes-long }</b>
    Walk easily and let your arms hang. Then bend your knees a little, a few times. No jogging, no leg swings, no twists.
warm-up-sitting-feet-still =
    <b>Warm-up, { minutes-long }</b>
    Sit down. Make slow circles with your arms, turn your trunk gently from side to side, and bend and stretch your knees in the air. Keep your feet off the ground.
warm-up-sitting-heel-slides =
    <b>Warm-up, { minutes-long }</b>
    Sit down. Make slow circles with your arms, then with your ankles. Then slide one heel after the other forward and back, only as far as nothing hurts.
warm-up-sitting-trunk-turns =
    <b>Warm-up, { minutes-long }</b>
    Sit down. Make slow circles with your arms, then with your ankles, and turn your trunk gently from side to side.
warm-up-sitting-ankles =
    <b>Warm-up, { minutes-long }</b>
    Sit down with your arms at rest. Make slow circles with one ankle after the other, and draw your toes up and point them.
warm-up-sitting-knee-bends =
    <b>Warm-up, { minutes-long }</b>
    Sit down with your arms at rest. Bend and stretch one knee after the other in the air, slowly. Keep your feet off the ground.
warm-up-sitting-arms =
    <b>Warm-up, { minutes-long }</b>
    Sit down. Make slow circles with both arms, small ones at first, then larger.
step-warm-up-next = First exercise: { $name }
step-anchor = <b>First, the anchor</b>
step-anchor-moves = <b>Now move the anchor</b>
step-anchor-height = { $height ->
        [ankle] Fix it at ankle height.
        [waist] Fix it between waist and lower chest.
       *[chest] Fix it at chest height.
    }
step-anchor-how =
    • Take a door that opens away from you, or a solid post.
    • Close the door until it latches.
    • Tug hard, twice. If anything gives, fix it again.
    • Make sure that nobody uses the door while you train.
step-anchor-done = The clock is not running, so take your time. Tap Done when it holds.
step-next-anchor = After this: move the anchor. The clock waits for you.
step-ramp = <b>Getting ready</b>
step-ramp-how = Slow and easy. It does not count as a set.
step-ramp-band = Use a lighter band than for the sets. If you have none, stretch this one less.
step-pace = Slowly: about { $seconds ->
        [one] one second
       *[other] { $seconds } seconds
    } for each.
step-begins = <b>Go!</b>
step-work-left = <b>{ $seconds ->
        [one] One second left
       *[other] { $seconds } seconds left
    }</b>
step-runs = I will tell you when time is up.
step-lead = <b>Starts in { $seconds } s.</b>
step-still-here = You are still in this session:
step-not-begun = We haven't started yet. Tap Start when you are ready.
step-goes-on = We are in the middle of it. Here is your step:
step-paused = You are on a break, so that doesn't count yet. Tap Resume when you are ready.
step-not-possible = That doesn't fit here, so nothing has changed.

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
outcome-not-begun = { $name }: not started
outcome-again = { $name }: stopped, then resumed
step-set-short = set { $set } of { $sets }
step-round-short = round { $set } of { $sets }
step-short = { $name }, { $set }
step-short-side = { $name }, { $set }, { $side }
step-short-only = { $side ->
        [none] { $name }
       *[other] { $name }, { $side }
    }
step-short-warm-up = Warm-up
step-short-anchor = Anchor
step-short-ramp = { $name }, getting ready

## The session as a track: the chat around it

listening-begin =
    <b>Press play, then lock the phone.</b> The voice leads you through the session.

    If something hurts, stop the player first. When you are done, tell me how much of it you did.
listening = <b>{ $name }</b> is with you as a track. How much of it did you do?
listening-over = Your track of <b>{ $name }</b> should be over by now. How much of it did you do?
listening-too-soon =
    That was quick: the track takes { $minutes } minutes, and { $played ->
        [0] you have only just got it.
        [one] you have had it for one minute.
       *[other] you have had it for { $played } minutes.
    } It goes on, and I count all of it when you tell me at the end. If you have stopped, how much of it did you do?
listening-part = Up to which exercise? Tap the last one that you did.
listening-stop = <b>Stop the player first.</b>
listening-reached = By its clock, your track was here: { $step }.
listening-which = At which exercise was it?
listening-performer = Band Coach
listening-outdated = This track is out of date, so please don't train by it. /routine makes you a new one.
listening-mute = I have no voice here, so there is no track. Start leads you through the session in the chat.
listening-not-sent = The track could not be sent just now, and nothing is lost. Listen tries again; Start leads you here in the chat.

## The session as a track: what the voice says, each line by itself

track-length = This session takes { minutes-long }.
track-ready = Ready?
track-warm-up = Warm-up, { minutes-long }.
track-coming = After the warm-up:
track-first = First:
track-next = Next:
track-exercise = The next exercise.
track-switch = Switch sides.
track-rest = Rest.
track-ramp = Getting ready: slow and easy.
track-band = With your band.
track-band-own = Your { strength } { kind }.
track-band-colour = Your { $colour } { kind }.
track-amount = About { counted }.
track-about = About { $low } to { $high } { $unit ->
        [steps] steps
        [trios] rounds of three
       *[reps] repetitions
    }.
track-easier = Easier today:
track-harder = Harder today:
track-anchor-longer = If you need longer, pause me.
track-half = Half-way.
track-ten = Ten seconds left.
track-done = That was the last one. Well done.
track-rate = Tell me in the chat how much of it you did.

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
sound-hint = Lock your phone to hear me.
sound-test = <b>Sound test.</b> Did you hear it? Then you will hear me in your sessions. If not, see whether your phone or this chat is muted.

paused =
    <b>Paused:</b> { $step }
    Nothing is lost. Take the time you need.

## When something hurts

hurting =
    <b>Stop { doing } for now.</b>

    Is it an ache in the worked muscles, the same on both sides? Or is it pain?

    <b>Get emergency help now</b> for chest pain, fainting, breathlessness that does not match the effort, or sudden weakness or numbness on one side. Tap A warning sign for the others to look out for.

    Tapped by mistake? Then tap Back.
doing = { $name ->
        [none] your warm-up
       *[other] { $name }
    }
hurt-where = Where is it?
hurt-score-side = Which side is it, and how strong is the pain in { region }? 0 is none, 10 is the worst you can imagine.
hurt-score = How strong is the pain in { region }? 0 is none, 10 is the worst you can imagine.
hurt-sore = How strong is the ache? 0 is none, 10 is the worst you can imagine.
hurt-score-range = A number from 0 to 10, please.
hurt-first-kind = First tell me what it is like.
hurt-first-where = First tell me where it is.
hurt-none = No pain then, good. Go on with { doing } or leave it out today; both are fine.
hurt-mild = A { $score } out of 10 in { region }. You may go on gently or leave { doing } out today; both are fine. Stop if it gets worse.
hurt-ache-fine = An ache of { $score } out of 10 in the worked muscles is normal, and easy movement is fine. Go on gently or leave { doing } out today, as you like. If it lasts more than four days, ask a physiotherapist.
hurt-stops = <b>For today, { doing } stops here.</b>
hurt-ache-strong = An ache of { $score } out of 10 means that those muscles need a rest, so nothing loads them today. Easy walking is fine. If it lasts more than four days, ask a physiotherapist.
hurt-moderate = What loads { region } is left out. It may come back from { $day } on, once it feels fine again. If it is still there in a few days, let a doctor or physiotherapist look at it.
hurt-strong = Whatever loads { region } is left out. It may come back from { $day } on, once it feels fine again.
hurt-again = It has come back within 14 days, so { region } stays out of your sessions until you tell me that a clinician agreed.
hurt-bone = Pain on a bone has to be looked at. Whatever loads { region } is left out until you tell me that a clinician agreed.
hurt-left-out = Also left out of this session: { $names }.
hurt-asks-tomorrow = Tomorrow morning I will ask once whether it is worse.
hurt-ends = Your session ends here, and there is no other today. What you have done stays.
hurt-ends-this = Your session ends here, and what you have done stays.
hurt-goes-on = The rest of your session waits. Go on only if you want to; stopping here is fine, and what you have done stays.
hurt-nothing-left = Nothing else was left in this session. What you have done stays.

# In a sentence { region } stands for one of these; a language with cases can have several such messages.
region = { $region ->
        [foot-ankle] your foot or ankle
        [shin-calf] your shin or calf
        [knee] your knee
        [thigh] your thigh
        [hip-groin] your hip or groin
        [back] your back
        [low-back] your lower back
        [upper-back] your upper back
        [shoulder-arm] your shoulder or arm
       *[elsewhere] the place that hurt
    }

flags-emergency =
    <b>Get emergency help now for</b>
    • chest pain or pressure, fainting, or breathlessness that does not match the effort
    • sudden weakness or numbness on one side
    • numbness between the legs, or trouble holding bladder or bowel
    • a hot, swollen, painful calf
    • cola-coloured urine with swollen, very painful muscles
    • a band that hit your eye
flags-see-someone =
    <b>Stop, and see a doctor or physiotherapist within a few days for</b>
    • pain at one point of a bone, or pain at night or at rest
    • pain deep in the groin or the front of the hip when you stand on that leg
    • pain that does not ease as you warm up and gets worse as you go on
    • a limp, swelling, or a joint that locks or gives way
    • pins and needles, or pain that runs down a leg
    • bone pain together with missed periods or weight you did not mean to lose
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
sign-today = <b>Please have this looked at today</b>, by an urgent-care line, a walk-in clinic or your own doctor. Until then, rest.
sign-days = <b>Please see a doctor or physiotherapist within a few days.</b> Until then, leave out what brings it on.
sign-ended = Your session has ended, and what you have done stays.
sign-where = Where is it? Until you tell me, sessions and reminders wait; then only what loads that part does.
sign-rests = What loads { $regions } is left out until a clinician has agreed, and you tell me so. Today is for rest; from tomorrow everything else goes on.
sign-cleared-sure = Has a doctor looked at you because of this, and cleared you for training?
sign-locked = Sessions and reminders wait until you tell me that a clinician agreed.
sign-locked-fever = Sessions and reminders wait until a clinician has agreed, and you have been without a fever for a day or two: tell me so on { $day } at { $time }, at the earliest.
sign-locked-fever-hours = Sessions and reminders wait until a clinician has agreed, and you have been without a fever for a day or two: tell me so in { $hours ->
        [one] an hour
       *[other] { $hours } hours
    }, at the earliest.
sign-locked-fever-day = Sessions and reminders wait until a clinician has agreed, and you have been without a fever for a day or two. Tell me so when both are true.
sign-locked-emergency = Sessions and reminders wait until a doctor has cleared you, and you tell me so, tomorrow at the earliest.
sign-ask = What you wrote may be a warning sign.
sign-ask-now = Do you have it now? Nothing goes on until you answer.
sign-sure = Just to be sure: this is not about you, or you don't have it now?
sign-lifted = Good. Everything goes on as before. If you do notice it, stop and tell me.

rest-until = So that { region } can rest, what loads it is left out or replaced. It may come back from { $day } on.
rest-none = Nothing is resting at the moment.
rest-locked = What loads { region } is left out or replaced until you tell me that a clinician agreed.
routine-before-race = That routine works your legs, and this close to your race they rest from strength work.
routine-after-race = That routine works your legs, and so soon after your race they rest from strength work.
routine-from-16 = That routine goes heavy, so it waits until you are 16.
rest-nothing-left = That routine does not suit what is resting at the moment.
rest-others = These would suit you today. Or take the day off; rest is part of training.
not-today-too-little = <b>No session today.</b> What has to rest leaves too little for one.
not-today-strongest = <b>No session today.</b> Pain of 8 or more needs rest. Please let a doctor or physiotherapist look at it within two days; today if it is on a bone, deep in the groin, or an ache in the muscles of both sides.
not-today-pain-today = <b>No session today.</b> After strong pain or a warning sign, the day is for rest.
not-today-two-regions = <b>No session today.</b> You hurt in two places, and an exercise that spares one would only load the other.
not-today-very-sore = <b>No session today.</b> Muscles as sore as yours need a rest. Please have them looked at today.
not-today-unknown-place = <b>No session today.</b> I don't know exactly where it hurts, so I can't tell which exercises would be safe.
not-today-resting = Resting: { $regions }.
not-today-asks = I will ask you about it on { $day }.
not-today-asks-today = I will ask you about it today, or before your next session.
not-today-instead = If walking does not hurt at all, an easy walk is fine; otherwise rest. A day off costs you no strength.
lifted-rests-on = Noted: a clinician agreed. Before { $day }, { region } still rests; then I ask how it is, and its exercises come back step by step.
lifted-not = Nothing waits for a clinician there.

morning = Good morning. Yesterday something hurt: { $regions }. Is it worse this morning?
morning-worse = Resting, and not back before { $day }: { $regions }. There is no session today, and after that I leave out what loads it. Please let a doctor or physiotherapist look at it within a few days.
morning-same = Thank you. Go gently, and stop if it hurts in a session. If it stays for more than a few days, let a physiotherapist look at it.
morning-better = Good to hear. Go gently for now, and stop if it hurts again.
morning-gate = Good morning. Is this fine again: { $regions }? Tap below, and three short questions show whether it may come back.
morning-past = That question was about another morning, so nothing has changed. Does it still hurt? Then see a doctor or physiotherapist, and in a session tap Something hurts.

## Pain in words, and /pain

button-wrong = Something feels wrong
button-place-exercises = Show exercises
button-fine-again = It is fine again: { $region }
button-talk-drop = Nothing hurts
button-talk-yes = Yes
button-talk-no = No
button-talk-now = Yes, now
button-talk-not-now = No
button-talk-none = None of these
button-flag-standing = I can't stand on it
button-flag-injury = A fall, twist, pop or snap
button-flag-swollen = Swollen, hot or red
button-flag-bone = One spot on a bone
button-flag-night = At night or at rest
button-flag-nerve = Numb, weak, or down the leg
button-flag-locks = It locks or gives way
button-flag-fever = Fever, or I feel ill
button-flag-chest = Chest, breath, heart, faint
button-side-left = Left
button-side-right = Right
button-side-both = Both, or the middle
button-side-unknown = I can't tell
button-side-chosen = ✓ { $side }
button-talk-dull = Dull, achy or tight
button-talk-sharp = Sharp, stabbing or pinching
button-talk-joint = In a joint
button-talk-bone = On a bone
button-talk-groin = Deep in the groin
button-sides-both = The same on both sides
button-sides-one = One side, or one spot
button-days-1 = Today or yesterday
button-days-3 = Two to four days
button-days-5 = Longer
button-talk-gone = It is gone
button-talk-less = Only less

talk-place = Looking for exercises, or does something feel wrong?
talk-held = First tell me about the pain, please. Nothing starts until then.
talk-not-that = That does not answer the question, so let me ask again.
talk-first = I read that, but this question comes first. Please tell me again after it.
talk-fine-first = If nothing hurts any more, tap or type “nothing hurts”. Otherwise this comes first:
talk-noted = Noted. I still have to know:
talk-now = Is that about you, and do you have it now?
talk-screen = Do you have any of these? If more than one, tap the most serious.
talk-where = Where is it?
talk-which-back = Is it the lower or the upper back?
talk-which-first = One at a time, please: which of these first?
talk-side = Which side is it, in { region }?
talk-kind = What is it like, in { region }?
talk-score = How strong is it in { region }, from 0 to 10? 0 is none, 10 is the worst you can imagine.
talk-score-guess = Your words sound like a { $score } out of 10 in { region }. Tap { $score } if that is right, or the number that is.
talk-sore-score = How strong is the soreness, from 0 to 10? 0 is none, 10 is the worst you can imagine.
talk-sore-guess = Your words sound like a { $score } out of 10. Tap { $score } if that is right, or the number that is.
talk-sides = Is it in the muscles, and the same on both sides?
talk-days = How long have you been sore?
talk-urine = Is your urine darker than usual, like tea or cola?
talk-gone = Is it gone, or only less?
talk-which = Which part is it about?
talk-moves = Walking, stairs, and standing or leaning on { region }: is each of them 0 or 1 out of 10?
talk-night = And the nights: are they free of pain in { region }?
talk-swelling = And is { region } free of swelling?
talk-whom = Was it a doctor, a physiotherapist or another clinician who said so?
talk-since = Did the clinician say so about { region }, and after { $day }?
talk-dropped = Good. If something does hurt, stop and tell me.
talk-dropped-session = Good. If something does hurt, stop and tell me. Your session waits.

said-no-pain = No pain then, good. Nothing has to rest.
said-kind-again = A 0 does not fit what you told me, so let me ask again.
said-mild = Noted: { $score } out of 10 in { region }. Nothing is left out because of it; go gently, and stop if it gets worse. On { $ask } I will ask how it is.
said-moderate = Noted: { $score } out of 10. So { region } rests: what loads it is left out, and may come back from { $day } on. On { $ask } I will ask how it is, and it comes back when it feels fine.
said-strong = Noted: { $score } out of 10. So { region } rests: whatever loads it is left out, and may come back from { $day } on. On { $ask } I will ask how it is.
said-lock-bone = Pain like that has to be looked at. So { region } rests until you tell me that a clinician agreed.
said-lock-again = It has come back within 14 days, so { region } rests until a clinician has looked at it, and you tell me that they agreed.
said-see-days = Please let a doctor or physiotherapist look at it within a few days.
said-see-soon = At { $score } out of 10, please have it looked at within two days.
said-see-growing = At your age the bones still grow at the heel, at the kneecap and at the hip. Please let a doctor or physiotherapist look at pain there within a few days.
said-see-today = At { $score } out of 10, please have it looked at today.
said-elsewhere = Noted: { $score } out of 10. I can't tell which exercises would load that place, so there are no sessions before { $day }. On { $ask } I will ask how it is.
said-goes-on = Your session goes on without what loads it, when you are ready.
said-sore-fine = Soreness of { $score } out of 10 on both sides is normal. Easy movement is fine; leave out what feels too much. If it lasts more than four days, tell me.
said-sore-strong = Soreness of { $score } out of 10 means that those muscles need a rest today. Easy walking is fine. If it lasts more than four days, or your urine turns dark, have it looked at.

pain-none = Nothing is resting at the moment. Does something hurt? Tell me in your own words, or tap below.
pain-rests = <b>What rests now</b>
pain-rest-mild = A little pain in { region }: nothing is left out because of it. On { $ask } I will ask how it is.
pain-rest-mild-today = A little pain in { region }: nothing is left out because of it.
pain-rest = What loads { region } is left out, and may come back from { $day } on. On { $ask } I will ask how it is.
pain-rest-today = What loads { region } is left out. It may come back as soon as it feels fine.
pain-rest-locked = What loads { region } is left out until a clinician has agreed, and you tell me so.
pain-rest-locked-asks = What loads { region } is left out until a clinician has agreed, and you tell me so. On { $ask } I will ask how it is.
pain-rest-back = Work for { region } is coming back step by step. Tell me if it hurts.

may-run-none = Nothing is resting at the moment, so I know of nothing against it. I plan your strength work; how far and how fast you run is up to you and your plan. If you are ill or very sore, wait. If something hurts, tell me first.
may-run-locked = Please don't run yet: { region } rests until a clinician has looked at it and agreed. Ask them about running, too.
may-run-waits = I would not run yet. Every step of a run loads { region }, which rests until { $day } at least. On { $ask } I will ask how it is.
may-run-waits-today = I would not run yet. Every step of a run loads { region }, which still rests; tell me when it feels fine.
may-run-arms = A run loads { region } only a little. If a brisk walk with swinging arms does not hurt, an easy run may be fine, too.
may-run-mild = You told me of a little pain in { region }. Nothing has to rest because of it, so a short, easy run may be fine.
may-run-back = Work for { region } is coming back step by step. Let running come back in the same way, with short and easy runs first.
may-run-before = Before you run again, walking, stairs and standing should be 0 or 1 out of 10, without pain at night and without swelling.
may-run-after = When you run, stop if it hurts more than a little or makes you limp, and tell me if it is worse the next morning. I am no doctor and can't examine you: if you are in doubt, or it does not ease, please ask one.
may-run-asked-first = Whether you can run depends on this, too, and I can't tell you. Ask a doctor if you are in doubt.
may-run-sign = Please don't run, either, while this is open.

fine-nothing-rests = Good to hear. Nothing is resting at the moment. If something does hurt, stop and tell me.
fine-less = Good that it is easing. It keeps resting until it is gone; tell me when it is.
fine-over = Good to hear. So { region } no longer has to rest. Start gently, and stop if it hurts.
fine-not-yet = Good to hear. It is still too early to load { region }: it rests, and may come back from { $day } on. I will ask you on { $ask }.
fine-too-early = Good to hear. It is still too early to load { region }: it rests, and may come back from { $day } on.
fine-back = Good to hear. Work for { region } is coming back step by step: a session with light work first, and the next morning I will ask how it was.
fine-locked = Good to hear. Before { region } is loaded again, a clinician has to agree. Tap A clinician agreed when one has.
gate-passed = Good. So { region } comes back step by step: the next session has light work for it, and the morning after I will ask how it was.
gate-kept = Then { region } keeps resting. On { $ask } I will ask again.
gate-locked = Then { region } rests until a clinician has looked at it, and you tell me that they agreed.
cleared-not = Then it keeps resting. When a doctor, physiotherapist or another clinician has agreed, tell me.
cleared-nothing = Nothing of yours waits for a clinician.

word-talk-none = none of these, none, no, nothing, none of them, nope, n, none of that, none of those, nothing like that, nothing of that, none apply, none applies, no to all, not any, not any of those, not any of these, none at all
# What may stand before them.
word-none-opening = no, nope, nah, no no, luckily, thankfully, no luckily, no thankfully, thank god
word-flag-injury = a fall, fall, fell, i fell, twisted, twisted it, i twisted it, popped, it popped, snapped, it snapped
word-flag-swollen = swollen, it's swollen, it is swollen, swelling, a bit swollen, it's a bit swollen, puffy, hot, red, it's hot, it's red
word-flag-night = at night, at rest, when i rest, mostly at night
word-flag-nerve = it's numb, it tingles, weak, it's weak, down the leg
word-flag-fever = ill, i feel ill
word-talk-yes = yes, y, yep, yeah, yes now, now, yes please, sure
word-talk-no = no, nope, n, not me, not now, not me not now
word-talk-gone = gone, it is gone, it's gone, fully gone, all gone, gone completely, completely gone, totally gone, yes gone, yes it's gone, it's completely gone, yes completely gone, gone for good, completely fine, totally fine
word-talk-less = less, only less, it is less, just less, better, a bit better, bit better, a little better, slightly better, getting better, improving, not gone, not yet, still a bit
word-talk-drop = nothing hurts, it is nothing, it's nothing, false alarm, never mind, nevermind, nvm, forget it, forget that, ignore that, wrong chat, sorry wrong chat, cancel
word-side-left = left, l, on the left, the left, the left one, left side, left one, lft
word-side-right = right, r, on the right, the right, the right one, right side, right one, rt
word-side-both = both, both sides, both of them, the middle, middle, in the middle
word-side-unknown = i can't tell, can't tell, not sure, i don't know, don't know, no idea, unsure
word-sides-both = both, both sides, the same on both sides, same on both sides, yes, both the same, same, the same
word-sides-one = one side, one, only one side, one spot, no, left, right, one side or one spot
word-days-1 = today, since today, this morning, today or yesterday, since this morning, just today, just since today, only today, last night, since last night, a day, for a day
word-days-3 = two to four days, a few days, a couple of days, day before yesterday, the day before yesterday, since the day before yesterday, couple of days, a couple of days ago, few days, few days ago, a few days ago, for a few days, a few days now, for a couple of days, a couple days, couple days
word-days-5 = longer, weeks, since last week, more than four days, ages, for ages, for weeks, months, for months
# What stands before the day since when; and before a time to come, or one that is no length.
word-days-since = since, after
word-days-in = in, next, every, other

## Another exercise instead

swap-ask = <b>Instead of { $name }</b>
swap-option = { $number }. <b>{ $name }</b>: { $text }
swap-hint = Today is for this session only; Always holds until you swap back or, for an exercise that loads what hurts, until that has come back.
swap-none = There is nothing to swap { $name } for right now. Skip leaves it out.
swap-warm-up = The warm-up has nothing to swap. Skip leaves it out.
swap-done = { $name } instead of { $planned }, for today.
swap-done-always = { $name } instead of { $planned }, from now on. Swap back on the step undoes it.
swap-done-for-rest = { $name } instead of { $planned }, until what hurts has come back. Swap back on the step undoes it.
swap-undone = { $name } again.
swap-paused = Your session is still paused.
leave-out-ask = <b>Leave out { $name }?</b> From now on you would do one of these instead, for the same purpose. For one day only, use Swap in the session.
leave-out-without = <b>Leave out { $name }?</b> I have nothing else for the same purpose that your bands can do, so nothing would take its place, and your sessions would be that much shorter. For one day only, use Skip in the session.
leave-out-none = I have nothing else for the same purpose that your bands can do, and without { $name } too little would be left of a routine. So it stays in. In a session, Skip leaves it out.
leave-out-which = Which one shall I leave out?
left-out = From now on you do { $instead } instead of { $name }. “My swaps” lists what you have left out, and brings it back.
left-out-without = { $name } is left out from now on. Should your bands allow something else for the same purpose, that comes instead. “My swaps” lists what you have left out, and brings it back.
left-out-here-without = <b>Left out.</b>
left-out-here = <b>Left out:</b> you do { $instead } instead.
left-out-list = <b>What you have left out</b>
left-out-item = • { $name }: { $instead } instead
left-out-item-without = • { $name }
left-out-none = You have left out nothing. If you dislike an exercise, tell me so, as in “no more squats”.
brought-back = { $name } is back from now on, wherever it is planned.
button-instead = Instead: { $name }
button-keep-it = Keep it
button-go-without = Leave it out
button-bring-back = Bring back: { $name }

word-my-swaps = my swaps, swaps, list swaps, show my swaps, show swaps, what have i left out, what did i leave out, what is left out, what have i swapped, what did i swap, left out
# Behind and before the name of an exercise, without apostrophes and the words of `small` in intents.toml.
word-leave-out-opening = i hate, hate, i dislike, i dont like, dont like, i do not like, i cant stand, cant stand, i cant do, cant do, i cannot do, i dont want, i do not want, i dont want to do, i do not want to do, dont want to do, i never want to do, dont give me, do not give me, no, no more, never, not, leave out, leave away, drop, remove, take out, take away, skip, always skip, replace, exchange, get rid of, stop giving me, stop with, can we skip, can i skip, can you skip, can we leave out, can i leave out, can you leave out, could you leave out, can you remove, could you remove, can we drop, can we replace, can i replace, can you replace, enough of, enough, without, swap, swap out, fuck, screw, do i have to do, must i do, i dont fancy, dont fancy, i am not a fan of, im not a fan of, not a fan of, could we skip, i refuse to do, i am bored of, im bored of, bored of, sick of, i am sick of, im sick of, fed up with, i am fed up with, im fed up with, cant be doing with
word-leave-out-closing = anymore, any more, more, again, ever, ever again, from now on, forever, for good, always, in future, in sessions, from sessions, from session, from routine, out, thanks, at, today, much, with something else, for something else, with something, with another one, for another one, with another exercise
word-leave-out-ending = suck, sucks, are stupid, is stupid, are boring, is boring, are awful, is awful, are horrible, is horrible, are terrible, is terrible, are worst, is worst, are shit, is shit
word-leave-out-for = with, for, by, against
word-rather-opening = id rather do, i would rather do, rather do, id prefer, i would prefer, swap for, swap it for, swap this for, swap this one for, swap that for, swap with, swap it with, swap this with, swap to, replace it with, replace this with, replace this one with, change it to, change this to, change it for, change this for, exchange it for, exchange this for, switch to, switch it for, switch this for, switch it to, switch this to
word-rather-ending = instead, instead of this, instead of this one, instead of it, instead of that, rather than this, rather than this one
word-rather-asking = can i do, could i do, may i do, let me do, can we do, could we do, i want to do, id like to do, i would like to do, ill do, i will do, do
word-bring-back-opening = i like, i love, bring back, give me back, put back, get back, add back, i want, i want to do

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
toast-nothing-ticked = Tap what applies to you first, or None of them.
toast-stale = That button was from an earlier step.
toast-stale-none = That session is over.
toast-foreign = This button is not yours.
toast-unlawful = That is not possible here.
toast-wrong = Something went wrong. Nothing is lost.
toast-rated-late = Your next session has begun since, so this answer stays as it was.
toast-noted = Noted
toast-listen = Here comes your track
toast-swapped = Swapped
toast-ended-by-pain = Pain ended that session. Rest today.
toast-morning-old = That was about another morning.
toast-surplus = That was too many taps at once, so this one did not count.
toast-old = This button is too old.
toast-saved = Saved

summary-finished = <b>{ $name }: done</b>
praise-first = Your first session is done. A fine start!
praise-return = Good to have you back after the break!
praise-number = That was session number { $number }. Well done!
praise-week = For the first time, you have done every training day of your week. Lovely work!
praise-band = { $name }: a stronger band than ever before ({ strength }). You have earned it!
summary-stopped = <b>{ $name }: stopped</b>
summary-unheard = Nothing is counted yet. If you did it after all, say so here, today or later.
summary-nothing = You had not done anything yet, so nothing is counted. /routine starts again whenever you like.
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
summary-sore = The worked muscles may ache for the next one to three days; that is normal.
summary-rate =
    How did it feel? Think of the last set of the hardest exercise: how many good repetitions were left?
    Easy – four or more · Just right – two or three · Too hard – one or none, or your form broke
    Pain is never “too hard”: it means stop.
summary-rate-short = How did it feel? Go by the repetitions that were left in the last set of the hardest exercise.
summary-rated = You said: { $rating ->
        [easy] easy. You had plenty left.
        [right] just right.
       *[hard] too hard.
    }
rate-chosen = ✓ { $label }
watch-file =
    <b>{ $name }</b> for your watch's app or your training diary: the sets with their sides, how long they took or how many repetitions I asked for, and the rests. No weights, no heart rate.

    Save it, then import it on the website of Garmin Connect, Strava or intervals.icu. If your watch recorded the session too, you will have it twice there.
watch-side = { $name }, { $side }
watch-failed = The file could not be made or sent. Nothing is lost; please try again.
watch-nothing = There is no session to make a file of yet. /routine starts one.
toast-watch-sent = I have just sent it.
each-ask = How did each exercise feel? Tap one to change it.
each-felt = { $name }: { $rating }
one-ask =
    How did <b>{ $name }</b> feel? In its last set, how many good repetitions were left?
    Easy – four or more · Just right – two or three · Too hard – one or none, or your form broke
    Pain is never “too hard”: it means stop.
one-ask-short = How did <b>{ $name }</b> feel? Go by the repetitions that were left in its last set.
why-ask = Why did you skip <b>{ $name }</b>?
change-hard = { $names }: too hard, noted. If it is so again, it becomes easier.
change-offer = <b>{ $names }</b>: another exercise for the same muscles may suit you better; /exercise shows what there is.
change-variant-0 = the easier form
change-variant-1 = the usual form
change-variant-2 = the harder form
change-band = your { strength } band
change-band-none = no band
change-tempo-0 = the usual tempo
change-tempo-1 = a pause of two seconds in each repetition
change-tempo-2 = a slow return
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
changed-strong-pain = <b>{ $names }</b>: next time { $what }, because it hurt; it stays that way for two sessions.
changed-worse-next-morning = <b>{ $names }</b>: next time { $what }, because it hurt more the next morning; it stays that way for two sessions.
changed-pain = <b>{ $names }</b>: next time { $what }, because it hurt; it stays that way for two sessions.
changed-introduced = <b>{ $names }</b>: next time { $what }, because you know it now.
changed-hard-twice = <b>{ $names }</b>: next time { $what }, because it was too hard twice.
changed-calibration = <b>{ $names }</b>: next time { $what }, because it was easy, and we are still finding your band.
changed-earned = <b>{ $names }</b>: next time { $what }, because it has gone well for some sessions.
changed-below-top = <b>{ $names }</b>: next time { $what }, because it went well.
changed-top-twice = <b>{ $names }</b>: next time { $what }, because you reached the top twice.
unchanged-strong-pain = It hurt. Two sessions stay as easy as they are.
unchanged-worse-next-morning = It hurt more the next morning. Two sessions stay as easy as they are.
unchanged-pain = It hurt. Two sessions stay as easy as they are.
unchanged-mild-pain = Nothing becomes harder next time, because it hurt a little.
unchanged-rests = Nothing becomes harder next time, because what hurt is still coming back.
unchanged-skipped = Nothing changes next time, because you left it out.
unchanged-frozen = Nothing becomes harder next time, because it hurt recently.
unchanged-hard = Nothing becomes harder next time. Anyone can have a bad day; if it is too hard again, it becomes easier.
unchanged-hard-twice = Nothing becomes harder next time. You do the easiest form already; if it stays too hard, leave one of the exercises out.
unchanged-introduced = Nothing changes next time. You know these exercises now.
unchanged-condition = Nothing becomes harder next time, because you train gently for now.
unchanged-stopped-early = Nothing becomes harder next time, because the session ended early.
unchanged-taper = Nothing becomes harder next time, because your race is near.
unchanged-recovery = Nothing becomes harder next time, because you are recovering from a race.
unchanged-peak = Nothing becomes harder next time, because your running comes first now.
unchanged-stays-easy = Nothing becomes harder next time. This routine is meant to stay easy.
unchanged-easier-week = Nothing becomes harder next time, because this is your easier week.
unchanged-light = Nothing becomes harder next time, because this session was a light one.
unchanged-much-new = Nothing becomes harder next time, because much of it was new, or as good as new.
unchanged-after-gap = Nothing becomes harder next time, because you had not done this for a while.
unchanged-not-rated = Nothing changes next time, because you have not said how it felt.
unchanged-gathering = Nothing changes next time, because a step up takes a few good sessions in a row.
unchanged-top-once = Nothing changes next time, because the top has to be reached twice.
unchanged-not-its-turn = Nothing changes next time, because two exercises at a time become harder.
unchanged-too-soon = Nothing changes next time, because it became harder only last time.
unchanged-nothing-harder = Nothing changes next time, because this is the hardest that your bands allow.
session-grows = As planned, your next { $name } has { $after ->
        [2] two sets
        [3] three sets
       *[other] { $after } sets
    } of each exercise instead of { $before ->
        [one] one
        [2] two
       *[other] { $before }
    }.
session-was-short = This session was a short one for today; an ordinary one is longer again.
session-waits = Your next { $name } stays as short as this one, with { $before ->
        [one] one set
        [2] two sets
       *[other] { $before } sets
    } of each exercise. It grows after one that is not too hard.
no-session = No session is running. /routine starts one.
restart-ask =
    You are at step { $place } of { $total } in <b>{ $name }</b>. { $again ->
        [yes] Starting over
       *[no] Starting <b>{ $other }</b>
    } ends it; what you have done stays.
restart-ask-track = You have <b>{ $name }</b> as a track, and nothing of it is counted yet. { $again ->
        [yes] Starting over
       *[no] Starting <b>{ $other }</b>
    } ends it.
restart-ask-warm-up = You are in the warm-up of <b>{ $name }</b>. { $again ->
        [yes] Start over?
       *[no] Start <b>{ $other }</b> instead?
    }

## The running week and races

race-k5 = your 5 km race
race-k10 = your 10 km race
race-half = your half marathon
race-marathon = your marathon
race-ultra = your ultra
race-long-ultra = your ultra

run-easy = easy run
run-hard = hard run
run-long = long run
run-rest = rest
run-none = nothing planned
run-race = race
run-unclear = unclear, so taken as hard
run-strength = strength
week-none = Tell me your running week, and I find the days for strength that leave your legs fresh for it. Tap each day, or type it, for example: /week long sun, hard tue thu, rest fri. Or send me your plan as a calendar file (.ics).
week-title = <b>Your running week</b>
week-title-planned = <b>Your next seven days, by your plan</b>
week-day = { $day }: { $run }
week-day-and-strength = { $day }: { $run }, and strength
week-day-at = { $day }: { $run }, { $time }
week-ask = What does { $day } usually have?
week-proposal = <b>Strength fits here:</b>
week-proposal-least-bad = <b>This week leaves little room for strength. The least bad plan:</b>
week-why-hard = • <b>{ $day }</b>, after the hard run: hard days stay hard and easy days easy. Best six hours or more after it.
week-why-easy = • <b>{ $day }</b>: an easy day, with nothing hard or long on the next.
week-why-free = • <b>{ $day }</b>: a day without a run, with nothing hard or long on the next.
week-why-rest = • <b>{ $day }</b>, your rest day: not ideal, but no better day is left.
week-why-half-after-hard = • <b>{ $day }</b>, a small one: one set of each, straight after the hard run.
week-why-half-after-long = • <b>{ $day }</b>, a small one in the evening: one set of each, a day after the long run.
week-why-trunk = • <b>{ $day }</b>: trunk and upper back, so that your legs rest.
week-avoided-long-next = Not { $days }: the long run comes the next day.
week-avoided-race-next = Not { $days }: the race comes the next day.
week-avoided-hard-next = Not { $days }: a hard run comes the next day, and legs would be tired for it.
week-avoided-long-before = Not { $days }: your legs recover from the long run or race of the day before.
week-avoided-sore = Not { $days }: new work is felt most on the second day, and a hard or long run is then.
week-avoided-run-first = Not { $days }: strength would come before the hard run, or too soon after it. Run first, then wait three hours or more.
week-moves = Your reminders come on { $before }. These days would move them to { $after }.
week-in-the-way = Your training days on { $days } are in the way. Moved to the nearest good days, you would train on { $after }.
week-stays = Your training days on { $days } are in the way, and no other day has room. Those sessions spare your legs.
week-ran-instead = Good to know. I plan by your usual week and can’t move a single run, so today’s plan does not know of it. After a long or hard run, spare your legs until the day after tomorrow; trunk and upper back is fine.
week-guess = Shall I note for every week: { $run }?
week-wish = { $kind } on { $days }
week-sport = A sport that is hard on the legs counts as a hard run here.
week-which-moves = You run so on { $days }. Which one has moved? For example: move my hard run from Tuesday to Wednesday every week
week-one-run = So far I know one of your days. Tell me the others, too, and these days fit better.
week-newcomer = In your first weeks, new work is felt most on the second day, so fewer days fit. Try /week again after them.
week-strength-planned = Your plan has strength for the legs on { $days }. That counts, so mine keeps 48 hours away from it.
week-planned = Your plan comes from your calendar file. A newer file replaces it; /week off forgets it.
week-careful = This errs on the side of caution; nobody has tested it with bands. Your own experience counts more.
week-off = Your running week is forgotten, and so is a plan from a calendar file. Your reminders stay as they are.
week-error-no-day = On which day? For example: /week long sun, hard tue thu, rest fri
week-error = I don't understand “{ $words }” in a running week. For example: /week long sun, hard tue thu, rest fri
week-rule-race = Today is a race, so your legs rest from strength work.
week-rule-race-next = A race is tomorrow, so your legs stay fresh for it.
week-rule-long-next = Your long run is tomorrow, so your legs stay fresh for it.
week-rule-long = Today is your long run; that is enough for your legs.
week-rule-long-before = Your legs still recover from yesterday’s long run.
week-rule-hard-next = A hard run is tomorrow, so your legs stay fresh for it.
week-rule-sore = A hard or long run comes in two days, when new work is felt most.

week-rule-strength = Your plan has strength for the legs within 48 hours of this day, so your legs rest from mine.
week-avoided-unclear = Not { $days }: tell me first what that run is.
week-avoided-strength = Not { $days }: strength for the legs is in your plan within 48 hours.

plan-title = <b>Your plan, as I read it</b>
plan-kind-race = race
plan-kind-long = long
plan-kind-hard = hard
plan-kind-ask = unclear
plan-kind-easy = easy
plan-kind-rest = rest
plan-kind-strength = strength
plan-kind-trunk = trunk or mobility
plan-day-none = { $day }: –
plan-more = { $day }: { $count } more
plan-day = { $day }: { $kind }
plan-day-at = { $day }: { $kind }, { $time }
plan-day-title = { $day }: { $kind } · { $title }
plan-day-at-title = { $day }: { $kind }, { $time } · { $title }
plan-all = { $days ->
        [one] I found { $days } day, { $until }.
       *[other] I found { $days } days, the last of them { $until }.
    }
plan-race = A race: { $day } · { $title }
plan-unsure = { $count ->
        [one] { $count } title does not tell me what it is. Until you tell me, I take it for a hard run.
       *[other] { $count } titles do not tell me what they are. Until you tell me, I take them for hard runs.
    }
plan-others = { $count ->
        [one] { $count } title has nothing of training in it, so I left it out.
       *[other] { $count } titles have nothing of training in them, so I left them out.
    }
plan-draft = I use none of this until you tap <b>Use it</b>. Then it comes before your usual week, and in place of an earlier plan.
plan-ask = What is “{ $title }”? { $count ->
        [1] It comes once, on { $day }.
        [2] It comes twice, first on { $day }.
       *[other] It comes { $count } times, first on { $day }.
    } { $left ->
        [0] It is the last one.
        [one] After it, one more is unclear.
       *[other] After it, { $left } more are unclear.
    }
plan-no-title = no title
plan-used = Your plan is in use. Sessions and reminders follow its days; where it has nothing, your usual week counts. /week shows which days are left for strength.
plan-races = { $count ->
        [one] There is a race in it. Shall your season follow it?
       *[other] There are races in it. Shall your season follow one?
    }
plan-left = All right, I have forgotten that plan.
plan-empty = I found no run between today and a year from now in that calendar, so nothing changes.
plan-unread-not-a-calendar = That file is not a calendar that I can read; a calendar that your running program exports ends in .ics.
plan-unread-encoding = I can't make out the letters in that calendar; please export it in UTF-8.
plan-unread-too-many = That calendar holds more than a running plan can, so I left it unread; please export only your plan.
plan-unread-too-deep = That calendar is not written as any calendar program does, so I left it unread.
plan-unread-too-often = Something in that calendar repeats as no running plan does, so I left it unread.
plan-unread-too-long = Something in that calendar goes on for years, so I left it unread; please export only your running plan.
plan-unread-too-slow = That calendar took too long to read, so I left it; please export only your running plan.

missed-move = There is room for it on { $day }. Move it there, or let it go; nothing is lost.
missed-ignored = Yesterday’s session did not happen, and nothing is lost. There is room for it on { $day }: move it there, or let it go.
missed-let-go = No day of the coming week has room for it, so let this one go. Nothing is lost.
missed-moved = Moved to { $day }. I will remind you then.

stand-base = { $weeks } weeks to { $race }: time to build strength.
stand-build = { $weeks } weeks to { $race }: two sessions a week now, and they may become harder.
stand-peak = { $days } days to { $race }: you hold your strength now, and nothing new comes.
stand-taper = { $days } days to { $race }: one easy set of each.
stand-race-week = { $days } days to { $race }: one easy set of each.
stand-light = { $days } days to { $race }: no strength work for your legs now. A light session is enough.
stand-nothing = { $days ->
        [0] Today is { $race }. No strength work; have a good run!
        [1] { $days } day to { $race }. No strength work today; have a good one tomorrow!
       *[other] { $days } days to { $race }: no strength work any more. An easy walk or a few gentle stretches are fine.
    }
stand-after-nothing = { $days ->
        [0] Today was { $race }: no strength work yet. Easy walking is fine.
        [1] { $days } day since { $race }: no strength work yet. Easy walking is fine.
       *[other] { $days } days since { $race }: no strength work yet. Easy walking is fine.
    }
stand-after-light = { $days } days since { $race }: your legs still rest from strength work. A light session is enough.
stand-after-half = { $days } days since { $race }: one set of each, and nothing becomes harder.

why-today = <b>Why, on { $day }</b>
why-day-easy = It is an easy day, and no hard or long run follows. So your legs have time to recover.
why-day-hard = It is a day with a hard run. Strength goes after it, so that hard days stay hard and easy days easy.
why-day-long = It is the day of your long run; that is enough for your legs.
why-day-rest = It is your rest day, and no hard or long run follows.
why-day-none = No run is planned, and no hard or long run follows. So your legs have time to recover.
why-day-race = It is the day of a race; that is enough for your legs.
why-nothing-told = You have told me no running week and no race. So I only go by what you did last: leg work has 48 hours between two sessions. Tell me your runs, and the days fit them.
why-source-race = A taper of up to three weeks with about half the training suits runners best (Bosquet 2007, Wang 2023). They studied running; nobody has studied when the last strength day should be, so this errs on the side of caution.
why-source-return = Eleven runners were sore for three days after a marathon, and their endurance was back after a week (PMC5613699). When legs are ready for strength work again, nobody has measured; this is the careful side.
why-source-strength = Muscles grow stronger in the rest between two sessions; 48 hours are the usual careful distance. With bands nobody has tested it.
why-source-run = Strength work can make the next run worse for a day or more (Doma 2019, Doma and Deakin 2015). For how long after bands, nobody has measured, so this errs on the side of caution.
why-source-day = Six hours between run and strength work were better than none (Robineau 2016, 58 rugby players). Nobody has tested it with bands, so this errs on the side of caution.

race-none = Which race do you train for? Tap its distance, or type it with the date, for example: /race marathon 4 April
race-ask-distance = Which distance is it?
race-ask-date = On which day is { $race }? For example: 4 April
race-guess = Is that a race? Tap its day, and I plan for it.
race-which-changed = Which one is { $distance }? Tap its day, and I plan for that instead.
race-which-date = { $dates ->
    [1] Is that the day? Tap it, and I plan for it.
   *[other] Which day is it?
}
race-error = I can't read “{ $words }” as a race in the coming year. For example: /race marathon 4 April, or /race 10 km 2 May
race-refused = That day is past, or you have twelve races already. /race shows them.
race-entry-main = <b>{ $day }</b>: { $race }. This one counts.
race-entry-minor = <b>{ $day }</b>: { $race }
race-entry-training = <b>{ $day }</b>: { $race }, as a training run
race-dates = No leg work after { $legs }, and no light session after { $light }. Back to normal after the race, step by step, by { $usual }.
race-without-phases = Your sessions do not follow the race at present; they stay gentle.
race-moves = <b>Training days that it changes:</b>
race-move = • { $day } → { $to }
race-move-stays = • { $day }: lighter, or none
race-moved-them = <b>Moved:</b>
race-several = Your weeks follow the one that counts; the days around the others stay easy, too.
race-hint = A race is off: /race off
race-none-ran = Well done! I knew of no race of yours, so please rest your legs from strength work yourself: two days after 10 km, four after a half marathon, a week after a marathon. To tell me the next one: /race marathon 4 April
race-none-over = I know of no race of yours that is just over. To tell me the next one: /race marathon 4 April
race-which-new-date = To which day? For example: my race was moved to 11 April
race-another = Which race is it? Tap its distance, or type it with the date, for example: /race 10 km 2 May
race-which-moved = Which one has moved? Tap it, or name it, for example: the half marathon moved to 11 April
race-which-off = Which one is off?
race-off = That race is forgotten. What you have done stays, and your weeks follow what is left.
race-none-off = There is no race to come. To tell me one: /race marathon 4 April
race-question = How did { $race } go?
race-how-far = How far did you get?
race-went-ran = Well done! Strength work waits until your legs have recovered; then it comes back step by step. If anything hurts, tell me where, for example: my knee hurts
race-went-part = Thank you. Strength work comes back by the distance that you covered. If you stopped because something hurts, tell me where, for example: my knee hurts
race-went-not-started = Thank you. Then nothing has to recover, and we go on as before.
race-went-not-started-after-another = Thank you. Then only the race before it counts.

## Reminders

reminder = Today is a training day. Next for you: <b>{ $name }</b>, { minutes-long } with { $kit }.
reminder-again = Here I am again, as you asked. <b>{ $name }</b>, { minutes-long } with { $kit }.
reminder-over-cap = Today is a training day. { $why } If you train all the same: <b>{ $name }</b>, { minutes-long } with { $kit }.
reminder-again-over-cap = Here I am again, as you asked. { $why } If you train all the same: <b>{ $name }</b>, { minutes-long } with { $kit }.
reminder-late = This comes late: it was due at { $time }.
reminder-question = My last reminders don't seem to have come at a good moment, and that is fine. What would suit you better?
outcome-suit-time = Another time, then. Choose it below.
outcome-suit-days = Fewer days, then. Choose them below.
outcome-suit-break = A break, then. Choose below how long.
outcome-suit-keep = Good, your reminders come as before.
outcome-reminder-start = { $name }: started
reminder-busy = No hurry. Tap In 1 hour, or tell me when to ask again, for example: at 18:00
reminder-busy-again = No hurry. Tell me when to ask again, for example: at 18:00
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
reminders-wait = Reminders wait for as long as your sessions do.
reminders-close = { $first } and { $second } are less than 48 hours apart. Muscles grow stronger in the rest between, so leave a day free where you can.
reminders-away = You are away until { $day }; reminders come again then.
reminders-away-later = You are away from { $first } until { $day }; reminders come again then.
reminders-off = Reminders are off. /reminders turns them on again.
reminders-no-day-chosen = Choose at least one day, or turn reminders off.
reminders-ask-time = { $days }: at what time?
reminders-ask-beside = So far: { $days }. Is { $day } at { $time } as well, or instead?
reminders-also = also { $day } { $time }
reminders-ask-weeks = Only { $day }, or every week?
reminders-this-week = this week
reminders-next-week = next week
reminders-every-week = every week
reminders-moved-once = Moved from { $day } to { $to }, at the same time. Other weeks stay as they are.
reminders-not-moved = There is a reminder on { $to } already, so { $day } stays as it is.
reminders-ask-days = Which days at { $time }?
reminders-left = All right, nothing has changed.
reminders-error-unknown = I can't read “{ $word }”. Days and times look like this: /reminders mon wed fri 07:00
reminders-error-no-day = Which days at { $word }? For example: /reminders mon wed fri 07:00
reminders-error-no-time = At what time? For example: /reminders mon wed fri 07:00
reminders-error-two-times = { $word } has two times; one reminder a day is enough. For example: /reminders tue 7am sat 9:30
day-at = { $days } { $time }
day-at-then = { $first }; { $second }
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

## Asked once

first-bands = Which bands do you have? This routine can use more than a mini band.
first-bands-answered = { $choice ->
        [mini] A mini band it is. /bands changes that.
        [more] Tap or type what you have.
        [none] Without a band, then. /bands changes that.
       *[skip] I plan with a mini band until you tell me more: /bands
    }
first-bands-start = When they are all there, tap Start.
first-days = Shall I remind you to train? What time of day suits you?
first-days-answered = { $choice ->
        [morning] In the morning, then.
        [lunch] At lunch, then.
        [evening] In the evening, then.
       *[skip] No reminders, then. /reminders sets them at any time.
    }
first-pace = Next time, shall I lead you by the clock, or wait for your Done at each step?
first-pace-answered = { $choice ->
        [hands-free] By the clock, then. My own pace changes that in any session.
        [own-pace] At your own pace, then. Hands-free changes that in any session.
       *[skip] Everything stays as it is.
    }
button-first-mini = Only a mini band
button-first-more = More bands
button-first-none = No band
button-first-morning = Mornings
button-first-lunch = Lunch
button-first-evening = Evenings
button-first-hands-free = Hands-free
button-first-own-pace = My own pace
button-first-skip = Skip
word-first-skip = skip, no, not now, later, no thanks, never mind

## Places

place-ask = Where are you? Send the name of your city, or share your location: the reminder comes at your local time. Only the time zone and the name of the place are kept.
place-ask-again = I don't know a place called “{ $words }”. Send a city such as Berlin, a zone such as Europe/Berlin, or share your location.
place-which = For “{ $words }” I found these. Which is nearest to you?
place-guess-one = I don't know a place called “{ $words }”. Is it this one?
place-guess = I don't know a place called “{ $words }”. Is it one of these?
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

away-until = No reminders until { $day }; on that day they come again. Nothing is lost. /away off brings them back.
away-planned = No reminders from { $first } until { $day }; on that day they come again. Until you leave, they come as usual.
away-day = No reminder on { $day }; on your other days they come as usual.
away-planned-without-days = No reminders from { $first } until { $day }. You have no days set for them now; /reminders sets them.
away-cancelled-without-days = All right. You have no days set for reminders now; /reminders sets them.
away-cancelled = All right, reminders come as usual.
away-until-without-days = No reminders until { $day }. You have no days set for them now; /reminders sets them.
away-none = Reminders are not paused. To pause them: /away 24 December, or /away 1 to 10 May, or pick one:
away-ask-whether = Shall no reminders come for that time ({ $when })?
away-wish = away { $when }
away-ask-end = From { $day } until when? Send the day on which reminders come again, or how long, for example: until the 14th, or 2 weeks
away-ask-which = Which day do you mean by “{ $words }”? Reminders come again on that day.
away-ask-past = “{ $words }” is in the past. Do you mean this day? Reminders come again on it.
away-ask-later-year = “{ $words }” is later than I can plan. Do you mean this day? Reminders come again on it.
away-ask-far = “{ $words }” would be a long time from now. Shall reminders come again only on this day?
away-left = All right, nothing has changed. To pause reminders: /away 24 December, or /away 2 weeks
away-off = Welcome back. Reminders come again on your days.
away-off-without-days = Welcome back. You have no days set for reminders now; /reminders sets them.
away-error = I can't read “{ $words }” as a date in the coming year. For example: /away 24 December, or /away 2 weeks

## The calendar file

calendar-no-days = The file for your calendar holds your training days, and you have chosen none yet. Choose them first, then send /calendar again.
calendar-nothing-left = In the next twelve weeks no training day is left for a file: you are away, or your race leaves no strength work.
calendar-file =
    { $days ->
        [one] Your next training day, { $until }, as a file for your calendar.
       *[other] Your next { $days } training days, until { $until }, as a file for your calendar.
    } Open it and choose where it goes. Ten minutes before each session your calendar calls you, and the link in it leads back to me.
calendar-away = The days on which you are away are left out.
calendar-race = The days on which your race leaves no room for strength work are left out.
calendar-cancelled =
    { $days ->
        [one] One day of an earlier file is off, and is marked as cancelled.
       *[other] { $days } days of an earlier file are off, and are marked as cancelled.
    } Some calendars take them out, others only strike them through; then delete them there.
calendar-again = When your days, your race or your time away change, send /calendar again: the new file changes the days in your calendar instead of doubling them.
calendar-only-cancelled =
    No training day is planned any more. { $days ->
        [one] This file cancels the one day of an earlier file.
       *[other] This file cancels the { $days } days of an earlier file.
    } Some calendars take them out, others only strike them through; then delete them there.
calendar-name = Band Coach
calendar-title-strength = Band session
calendar-title-half = Band session: one set of each
calendar-title-taper = Band session: one easy set of each
calendar-title-taper-race = Band session, { $days } days to { $race }: one easy set of each
calendar-title-light = Band session: a light one
calendar-title-light-race = Band session, { $days } days to { $race }: a light one
calendar-title-cancelled = Band session: off
calendar-description = What to do today, and Start: { $link }

## Progress

progress-title = <b>Your training</b>
progress-none = Nothing yet. /routine starts a session; the first one is short.
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
progress-sets-level = { progress-sets }, { strength }
progress-week-plan = This week: { $done } of { $planned } planned{ $more ->
        [0] {""}
       *[other] , and { $more } more
    }
progress-week = This week: { $done ->
        [one] { $done } day trained
       *[other] { $done } days trained
    }
progress-away = Away until { $day }, when reminders come again. Nothing is lost.
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

# Fluent takes 2,500 characters in a row; {""} divides the text and shows nothing.
privacy =
    <b>What is kept about you</b>
    • your Telegram number, so that I know whose session it is
    • your answer to the safety screen and its date: which conditions apply to you and since when, your age group if you are under 18, whether your bands are latex-free, and when a clinician or an adult agreed; and the question itself while it is open
    • what hurt, when you told me: where, on which side, what it was like, how strong, on which day, how sore muscles were and for how long, how it was on the mornings after, and when a clinician agreed; so that it can rest. Never the sentence you wrote
    • my open question about pain and what you have answered so far, in the same terms
    • a warning sign that you told me of: as long as sessions wait for it, its kind, how urgent it is, where, when, and whether you have confirmed it; after an emergency or a fever, when a clinician cleared you; where one part of you rests for it, that part and the day. Never your words, and nothing else about your health
    • which exercises you swapped for others, and for what rests if that is why
    • routines of your own: their names and exercises, and the one that you are writing; whoever has the link of one can read it
    • {""}your bands: kind, strength and what you call their colour, so that sessions fit them
    • your place's name and time zone, your training days and an away date, for the reminders
    • the days that were in your last calendar file, with the numbers by which your calendar knows them, so that the next file changes them
    • an export that you sent me to bring back: where it lies at Telegram, until you have said whether to use it
    • your running week, and your races with their date, distance and how they went, so that sessions fit them
    • a running plan that you sent as a calendar file: kinds of training with their dates and times, and the titles of runs, 60 letters at most. All else in the file is dropped before I answer. Without Use it, the plan counts for a day
    • your sessions: which steps were done, skipped or left out and when, your pauses, how it felt, and how long the track was if you followed one
    • what to do next of each exercise: sets, band, tempo and form, with the counters behind it
    • whether sessions run by the clock or at your own pace, that you were told about the sound, and whether you type times in 12 or 24 hours
    • which of the questions about bands, days and pace I have asked, when, and when you answered
    • reminders sent and your answer to them, so that none comes twice and unanswered ones don't go on for ever
    • each message or tap until I have answered it, for seconds; then it is deleted
    • the numbers of the messages that carry live buttons or a track, the date of your first wish and when you were let in, whether you have blocked me, and a question of where you are, or until when you are away, that is still open

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
    Everything I keep about you. In the archive, <code>data.json</code> holds all of it, and <code>sets.csv</code> your sets as a table for any spreadsheet. Send me the archive, and I can bring it back.
export-failed = The file could not be sent. Nothing is lost; please try again.
export-nothing = I keep nothing about you, so there is nothing to send. /start begins.
bring-back-made = <b>Your export of { $day }, { $time }</b>
bring-back-little = It holds your settings, and nothing else that I can bring back.
bring-back-sessions = { $count ->
        [one] • { $count } session
       *[other] • { $count } sessions
    }
bring-back-sessions-dated = { $count ->
        [one] • { $count } session, on { $last }
       *[other] • { $count } sessions, from { $first } to { $last }
    }
bring-back-days = { $count ->
        [one] • { $count } training day
       *[other] • { $count } training days
    }
bring-back-bands = { $count ->
        [one] • { $count } band
       *[other] • { $count } bands
    }
bring-back-races = { $count ->
        [one] • { $count } race
       *[other] • { $count } races
    }
bring-back-routines = { $count ->
        [one] • { $count } routine of your own
       *[other] • { $count } routines of your own
    }
bring-back-reports = { $count ->
        [one] • { $count } report of pain or soreness
       *[other] • { $count } reports of pain or soreness
    }
bring-back-replaces = <b>Using it replaces what I keep about you now. This goes:</b>
bring-back-stays = What rests, or waits for somebody to agree, now or in the export, goes on doing so. An open session does not come back, and neither does a link that no longer works. So far nothing has changed.
bring-back-done = Your export is back. I now keep:
bring-back-next = /today says what comes next.
bring-back-left = I left the export alone; nothing has changed.
bring-back-refused = { $why ->
        [no-export] That zip is no export of mine, so I left it alone. I can bring back the file that /export makes, just as it is.
        [newer] That export was made by a newer version of me, which I can't read yet; nothing has changed.
        [foreign] That export belongs to another Telegram account. I can only bring back your own; nothing has changed.
        [large] That export holds more than I can read; nothing has changed.
        [busy] Your session is under way. Finish it or type stop, and tap Use it again; so far nothing has changed.
        [unread] I could not read that export just now; nothing has changed. Please send it once more in a minute.
       *[broken] That export is damaged or was changed, so I took nothing from it; nothing has changed.
    }
delete-ask = Erase everything I keep about you: sessions, reminders, place, the safety answer? It can't be taken back.
delete-done = Erased. I know nothing about you any more. /start begins again.
delete-done-trace = Erased. I know nothing about you any more. The files of the database still hold a trace of it, which is overwritten as soon as nothing else is using them. /start begins again.
delete-kept = Nothing was erased.

## Help and misunderstandings

help =
    <b>Band Coach</b>
    { $commands }

    A session runs by itself; My own pace waits for your Done instead.
    Does something hurt? Tell me in your own words, at any time.
    In a session you can type done, skip, back, pause, how, swap, it hurts or stop instead of tapping.
    Type the name of an exercise, and I explain it.
help-in-group =
    <b>Band Coach</b>
    { $commands }

    In a group I explain exercises, in words and with a drawn clip. Your sessions, reminders and bands are between you and me.
help-line = /{ $command } – { $text }
intent-period = Go by how you feel: train as planned, take a short session (type 10 minutes), or rest. Nothing is lost. Very heavy bleeding, strong pain, or no period for months is for a doctor.
intent-tired = Then rest today. Rest is part of training, and nothing is lost.
intent-tired-short = Then rest today; that is part of training, and nothing is lost. Or do something short and easy:
intent-tired-running = Then take it easy: do fewer repetitions, or type stop. What you have done counts.
intent-ill =
    Get well first, and do not train with a fever. Once you have been without one for a day or two, come back with an easier session.

    If you feel very ill, or it does not get better, please see a doctor.
intent-ill-running =
    Then stop here and get well first: type stop, and what you have done counts. Do not train with a fever. Once you have been without one for a day or two, come back with an easier session.

    If you feel very ill, or it does not get better, please see a doctor.
intent-done-elsewhere = Well done! It counts as training: you get nothing hard from me for 48 hours, and no reminder on that day. It will not show in your progress, where only the sessions that I lead are recorded.
intent-elsewhere-to-come = Good. Tell me when it is done (“did gym today”), and you get nothing hard from me for 48 hours.
intent-done-elsewhere-long-ago = Well done! Only the sessions that I lead show in your progress, but it did you good all the same.
once-planned = I will remind you on { $day }, at { $time }, this once. For a reminder every week, choose your days.
once-planned-soon = I will remind you then, this once. For a reminder every week, choose your days.
once-place = Where are you? Your reminder is set as soon as I know your city.
intent-hello = Hello! Shall we train, or shall I explain an exercise?
intent-hello-running = Hello! I am still here, and so is your session.
intent-bye = See you at the next session!
intent-thanks = You're welcome.
intent-praise = That's good to hear!
intent-sorry = No harm done. The next session is the one that counts; there is nothing to make up for.
intent-who = I am Band Coach: a program, not a person and not a doctor. I lead runners through sessions with resistance bands, explain the exercises and remind you to train. Short sentences suit me best; /help has the rest.
intent-sound = Put the phone down and listen for me. Most phones stay silent while this chat is open on the screen: lock yours, or leave the chat, and turn up the volume of its notifications. Sound test lets you try it.
intent-pace = You set the pace. With the clock on, type +15 for more time, pause for a break, or next when you are ready sooner. At your own pace there is no clock: each step waits until you type done.
intent-effort = Then the next one should fit better: tell me after each session whether it was easy, just right or too hard, and I change the dose little by little. In a session, do fewer repetitions of a step that is too hard, or type swap for another exercise; take more time over each one of a step that is too easy.
intent-effort-running = Too hard? Do fewer repetitions, or type easier for another way, or swap for another exercise. Too easy? Take more time over each one, or type harder. Nothing is noted now: at the end I ask how it was, and the next session follows from that.
intent-how-often = Two or three sessions a week are enough, about 48 hours apart: muscles grow stronger in the rest between. On a running day, train after the run or some hours away from it; before a run, only do what is meant for that, such as “before a run”.
intent-advice = I am no doctor and don't know you well enough to say. Please do as a doctor or physiotherapist tells you, and show them the exercises: each has a page. If something hurts, tell me where, and I leave out what loads it. “No more squats” leaves out one exercise.
intent-low = I am sorry that it is hard at the moment. I am only a program, so please talk to somebody you trust, or to your doctor; a crisis line listens day and night. Nothing here has to be done: rest if you need to, and an easy walk or a gentle session is there when it does you good.
intent-clip = The clips are short films that Telegram loads. On a slow connection tap the arrow on one; and in Telegram's settings, under Data and Storage, files may load by themselves. Everything in them is in words, too: type how in a session, or the name of an exercise.
intent-upset = Sorry about that. I am a simple program, and I do not always understand. The buttons always work, and /help lists what I can do.
intent-language = { $language ->
    [german] Ich spreche leider nur Englisch. Die Knöpfe und die bewegten Bilder helfen Ihnen vielleicht trotzdem: Routines zeigt die Trainings, All exercises die Übungen, und Something feels wrong ist für Schmerzen.
    [french] Je ne parle malheureusement que l’anglais. Les boutons et les images animées peuvent quand même vous aider : Routines montre les séances, All exercises les exercices, et Something feels wrong est là pour les douleurs.
    [spanish] Lo siento, solo hablo inglés. Los botones y las imágenes en movimiento pueden ayudarte igualmente: Routines muestra las sesiones, All exercises los ejercicios, y Something feels wrong es para los dolores.
    [italian] Purtroppo parlo solo inglese. I pulsanti e le immagini animate possono aiutarti lo stesso: Routines mostra gli allenamenti, All exercises gli esercizi, e Something feels wrong è per i dolori.
    [portuguese] Desculpe, só falo inglês. Os botões e as imagens em movimento podem ajudar mesmo assim: Routines mostra os treinos, All exercises os exercícios, e Something feels wrong é para dores.
    [dutch] Ik spreek helaas alleen Engels. De knoppen en de bewegende beelden helpen misschien toch: Routines toont de trainingen, All exercises de oefeningen, en Something feels wrong is voor pijn.
    [swedish] Tyvärr talar jag bara engelska. Knapparna och de rörliga bilderna kan ändå hjälpa dig: Routines visar träningspassen, All exercises övningarna, och Something feels wrong är för smärta.
   *[unknown] I only speak English so far, sorry. The buttons and the moving pictures may still help you: Routines shows the sessions, All exercises the exercises, and Something feels wrong is for pain.
}
intent-clocks = Your reminders keep their time by the clock on your wall, in summer and in winter. Only in another time zone, tell me where you are: /timezone Lisbon
intent-cost = There is nothing to pay in this chat: no price, no subscription, no trial that ends. I am free software, and somebody hosts me for you, such as your club. What you may want to buy is a band, and there are sessions without one.
intent-space = You need the room of a mat, to stand, kneel and lie on, and a step or two to the side for the walks: where the room ends, turn round and go on. At home, in a hotel or outside, any floor will do on which you don't slip; a mat or a folded towel makes it softer. No exercise has a jump in it, and in the warm-up you may march.
intent-shoes = Wear shoes: some exercises have the band round them, and it must never go round bare feet or toes. For the others they may come off, if you stand safely without.
intent-broken-band = Please stop using that band, and look at the others for nicks and tears before each session: these are what makes one snap.

    If it hit you, tell me where, for example: it hit my eye. If you have no other band, “no bands today” leads to a session without.
intent-band-care = A band with a nick or a tear can snap. So look at yours before each session, and stop using one that has any. Keep rings and nails off it, never pull it to more than three times its length, fix it firmly, and keep it out of line with your face.
intent-band-slips = Set it anew and flat, just where the step says: a hand's width above the knees, for example, or round the middle of your shoes with the toes pulled up. “Pause” gives you the time for it. If it rolls up all the same, a wide fabric band (I call it a hip circle) does not; it is for above the knees only.
intent-share = Gladly. Everybody has a chat of their own with me: they open it and tap Start, and first I ask about their health. Where the host wants an invitation, they need the link by which you came. Nobody under 13 trains with me, and under 18 a parent or guardian has to agree.
intent-app = I live in Telegram, on any phone, tablet or computer that has it, and nowhere else. My cues come over the network. For a place without one, tap Listen before a session: once Telegram has loaded the track, it plays there, too.
intent-which-band = One mini band is enough to begin with: a short loop that goes round your thighs or your shoes. A hip circle is a wide loop of fabric for above the knees, a long loop reaches from your feet to your hands, and a long band is a strip with two ends.

    If you buy some, I would take two strengths, light and medium. A band is right if the last repetitions are hard and still clean; go by that, not by the colour, because each maker has its own.
intent-warm-up = Two minutes come first where a session needs them: walk briskly, march or jog, then easy squats and leg swings. If you come from a run, skip them. While something rests, I leave out what would load it.

    To warm up for a run: /routine before a run
intent-stretching = You need none for my sessions, and I have none. Before a run, rather move than hold long stretches: /routine before a run. Stretch afterwards if you like how it feels.
intent-form = I can't see you, and of what you send I only read words. Each exercise has a page with its common mistakes: type its name, or “am I doing it right?” in a session. A mirror or your phone's camera shows you the rest, and a physiotherapist or trainer sees most.
intent-before-race = Tell me your race with /race, and I plan for it: fewer sets in the last weeks, nothing that gets harder, no more leg work in the last days, and afterwards back step by step. How many days that takes depends on the distance.
day-title = <b>{ $day }</b>
day-training = A training day: I write to you at { $time }.
day-no-training = Not one of your training days.
day-add = To train then, too, type: and { $day }
day-spared = You train then all the same, so the session spares your legs.
day-rests = What rests at the moment is left out until it may come back: /pain
day-none = You have no training days yet. “Remind me tue thu 7:00” sets them, for example.
day-away = You are away then, so no reminder comes.
day-race = A race is too near for leg work on that day.
day-after-race = Your legs still recover from a race on that day.
day-no-week = I know no running week of yours, so any day will do that is 48 hours from your last session.
word-day-asked = and, and on, and for, on, for, what about, what about on, how about, and what about
word-after-tomorrow = day after tomorrow, the day after tomorrow, overmorrow
intent-not-ours = That is beyond me, I'm afraid: I only know strength training with bands, for runners.
no-bands = You can train without one. These exercises need no band, and /bands none fits your sessions to that.
no-bands-none = I know no exercise without a band, I'm afraid.
meanwhile-waits = Your session waits at its step.
meanwhile-runs-on = Your session runs on.
meanwhile-track = You have your session as a track.
time-left-none = No session is running. The list says how long each one takes.
time-left = { $place ->
        [0] You are warming up, with about { $minutes ->
            [one] a minute
           *[other] { $minutes } minutes
        } to go.
       *[other] You are at step { $place } of { $total }, with about { $minutes ->
            [one] a minute
           *[other] { $minutes } minutes
        } to go.
    }
next-reminder-none = No reminder is planned. Choose your days, and I will write on them.
wish-second = That was for “{ $first }”. Shall I do “{ $second }”, too?
wish-part = Of that I understood “{ $part }”. Shall I do it?
wish-later = That was for “{ $first }”. Send me “{ $second }” on its own afterwards, please.
parts-left-out = I did not understand { $parts }, so I left that out.
quoted = “{ $words }”
wish-left = All right, I leave that.
likely-routines = Show the routines
likely-exercises = Show the exercises
likely-progress = Show my progress
likely-reminders = My reminders
likely-place = Where I am
likely-away = No reminders for a while
likely-bands = My bands
likely-help = What you can do
likely-privacy = What you know about me
likely-pace = Another pace
likely-sound = The sound
sign-denied = Good. If that changes, tell me at once.
nothing-changed = All right, nothing has changed.
not-understood = I did not understand “{ $words }”. Try an exercise such as deadbug, or /routine for a session.
not-understood-running = I did not understand “{ $words }”. Your session waits at its step; type done, skip, how or stop, or use the buttons.
not-understood-ready = I did not understand “{ $words }”. Your session is ready; type start, or use the buttons.
not-understood-paused = I did not understand “{ $words }”. Your session is paused; type resume or stop, or use the buttons.
not-understood-hurting = I did not understand “{ $words }”. Tell me what it feels like, where it is and how strong from 0 to 10, such as “dull, left knee, 3”; or type back or stop.
not-understood-track = I did not understand “{ $words }”. You have your session as a track; type all of it, part of it, none or something hurts, or use the buttons.
not-understood-timed = I did not understand “{ $words }”. Your session runs on; type pause, skip, how or stop, or use the buttons.
unknown-command = I don't know { $command }. /help lists what I can do, for example /exercise deadbug
no-command = I don't know “{ $words }”. /help lists what I can do, for example /exercise deadbug
only-words = I can read words and taps, but not that. Try an exercise such as deadbug, or /routine for a session.
document-unknown = I can read words and taps, and a running plan as a calendar file (.ics), but not that file. Try an exercise such as deadbug, or /routine for a session.
document-too-large = That file is larger than { $megabytes } MB, so I left it unread.
document-not-fetched = I could not get that file from Telegram. Please send it once more.
edited = I can't follow edits. Please send it as a new message.
forwarded = I can't act on forwarded messages. Please tell me in your own words, for example done, or /exercise deadbug
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
postponed = Something went wrong on my side, so I can't go on right now. What you sent is safe, and I will answer it as soon as I can.
surplus = That was more at once than I can follow. I answer what came first; the rest I left out, so please send it again in a moment.
went-wrong = Something went wrong on my side. Nothing you did is lost; please try again, or send /routine to go on.

## Muscles, as a runner would say it

muscle-gluteus-maximus = glutes
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
door-wrong = That invitation is not valid, or no longer: please ask the host for the current link.
door-too-often = Those were too many wrong invitations: please ask the host for the current link, and open it in an hour.
door-crowded = Many wrong invitations are coming in right now, so I can look at only a few: please open your link again in a few minutes.
toast-door-closed = This coach is by invitation only: please open the link that its host gave you.
