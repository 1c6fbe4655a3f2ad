#include "curricula/small_files.hpp"

using namespace peercert;
using namespace peercert::curricula;
using namespace peercert::tests;
using testing::HasSubstr;

namespace {

TEST(Problems, NameTheUnknownWordTheAllowedOnesAndTheNearest) {
    const std::string text =
        problems_of(becoming("    - {age: at least 18, measured at: applying, Febuary 29: nothing said}\n"));
    EXPECT_THAT(text, HasSubstr("f.yaml:15:49: unknown word \"Febuary 29\"; did you mean \"February 29\"? allowed "
                                "here: age, name, see, note, unless, "
                                "measured at or February 29"));
    EXPECT_EQ(problems_of("track: x\nedtion: 1\n").substr(0, 66),
              "f.yaml:2:1: unknown word \"edtion\"; did you mean \"edition\"? allowed");
}

TEST(Problems, AreAllReportedAtOnce) {
    const std::string text =
        problems_of("track: Big Code\nedition: 2024\ntitel: x\nzone: here\nin force: {from: soon, chosen by: luck}\n");
    EXPECT_THAT(text,
                HasSubstr("f.yaml:1:8: a code is small letters, digits and hyphens, like wi-cps, not \"Big Code\""));
    EXPECT_THAT(text, HasSubstr("f.yaml:3:1: unknown word \"titel\"; did you mean \"title\"?"));
    EXPECT_THAT(text, HasSubstr("f.yaml:1:1: say \"title\" here: what it is called"));
    EXPECT_THAT(text, HasSubstr("f.yaml:4:7: a zone is written as in America/Chicago"));
    EXPECT_THAT(text, HasSubstr("f.yaml:5:18: \"soon\" is no day; write YYYY-MM-DD, a day that exists"));
    EXPECT_THAT(text, HasSubstr("f.yaml:5:35: \"chosen by\" takes applying, deadline, first session, attempt, issue, "
                                "observed, asked, training completed or exam passed, not \"luck\""));
}

TEST(Problems, OfTheHeadSayWhatAFileIs) {
    EXPECT_EQ(
        problems_of("trak: x\n"),
        "f.yaml:1:1: the first word of a file says what it is: track, curriculum, course or framework, with its code; "
        "did you mean \"track\"?");
    EXPECT_THAT(
        problems_of("track: x\ncourse: y\n"),
        HasSubstr(
            "f.yaml:2:1: a file is one of track, curriculum, course and framework, and this one is a track already"));
    EXPECT_THAT(problems_of("[a, b]\n"), HasSubstr("f.yaml:1:1: a file takes words with values"));
    EXPECT_THAT(problems_of("track: x\nedition: 2024\ntitle: T\nin force: {from: unknown, chosen by: applying}\n"),
                HasSubstr("say \"zone\" here"));
    EXPECT_THAT(problems_of("track: x\nedition: 20 24\n"),
                HasSubstr("f.yaml:2:10: an edition is letters, digits, points and hyphens"));
    EXPECT_THAT(problems_of(track_with("titles: [{called: A}]\n")),
                HasSubstr("f.yaml:1:1: say either \"title\" or \"titles\""));
}

TEST(Problems, OfAScaleSayWhichWordItDoesNotHave) {
    EXPECT_THAT(problems_of(track_with("scale: {words: [low, high], counts: [hihg]}\n")),
                HasSubstr("\"hihg\" is none of the words of the scale"));
    EXPECT_THAT(problems_of(track_with("scale: {words: [low, high], counts: [high], anchors: {hgih: Seen}}\n")),
                HasSubstr("\"hgih\" is none of the words of the scale"));
    EXPECT_THAT(problems_of(track_with("scale: {words: [low, high, low], counts: [high]}\n")),
                HasSubstr("\"low\" stands in the scale twice"));
    EXPECT_THAT(
        problems_of(track_with("sign off: {by: certified, assessors from: different organizations, see: Page}\n")),
        HasSubstr("one assessor alone comes from one organization"));
}

TEST(Problems, NamesThatNothingDefinesAreErrors) {
    EXPECT_THAT(problems_of(renewing(
                    "    - {CE: at least 3 h, only: [ethcis], first renewal: asked in full, carry over: none}\n")),
                HasSubstr("f.yaml:15:32: nothing here defines the word of entries \"ethcis\", so it would count "
                          "nothing; did you mean \"ethics\"? else list it "
                          "under \"topics\""));
    EXPECT_THAT(problems_of(becoming("    - {training: xx-cours}\n")),
                HasSubstr("f.yaml:15:18: nothing here defines the course \"xx-cours\", so it would count nothing; "
                          "did you mean \"xx-course\"? else list it under \"courses\""));
    EXPECT_THAT(problems_of(becoming("    - {level: certifed}\n")),
                HasSubstr("defines the level \"certifed\", so it would count nothing; did you mean \"certified\"?"));
    EXPECT_THAT(problems_of(becoming("    - {meaning: supervisor}\n")),
                HasSubstr("f.yaml:15:17: nothing here defines the meaning \"supervisor\""));
    EXPECT_THAT(problems_of(becoming("    - {practice: at least 3 h, by: trainer}\n")),
                HasSubstr("f.yaml:15:36: nothing here defines the level or meaning \"trainer\""));
    EXPECT_THAT(
        problems_of(becoming("    - attempts: {at most: 3, part: writen, a no-show: counts}\n    - {exam: written, "
                             "pass: as the examiner says}\n")),
        HasSubstr(
            "nothing here defines the exam part \"writen\", so it would count nothing; did you mean \"written\"?"));
    EXPECT_THAT(
        problems_of(renewing("    - {CE: at least 3 h, first renewal: asked in full, carry over: none, an hour counts "
                             "in: one part, surplus: counts in the total, of which: "
                             "{etics: at least 1 h}}\n")),
        HasSubstr("defines the word of entries \"etics\", so it would count nothing; did you mean \"ethics\"?"));
    EXPECT_THAT(problems_of(track_with(
                    "exceptions: [{name: e, for fact: f, dated: until 2021-08-30, not asked: [CE], see: Page}]\n")),
                HasSubstr("nothing here defines the clause \"CE\""));
    EXPECT_THAT(problems_of(track_with("may: {work: {level: certifid, see: Page}}\n")),
                HasSubstr("did you mean \"certified\"?"));
}

TEST(Problems, ClausesWithoutASourceAreErrorsOutsideOfCourses) {
    const std::string text =
        problems_of(track_with("to become certified:\n  needs:\n    - {statement: code of ethics}\n  fee: 50 USD\n"));
    EXPECT_THAT(
        text, HasSubstr("f.yaml:14:7: this clause has no source; write \"see: MARK\" here or on the block around it"));
    EXPECT_THAT(text, HasSubstr("f.yaml:15:8: this fee has no source"));
    EXPECT_THAT(problems_of(becoming("    - {statement: code of ethics, see: Pag}\n")),
                HasSubstr("f.yaml:15:40: no source is called \"Pag\"; did you mean \"Page\"? (sources stand at the end "
                          "of the file)"));
    EXPECT_EQ(problems_of("course: mine\ntitle: Mine\ncompleted by: [{statement: I was there}]\n"), "");
}

TEST(Problems, StatementsWithoutASafeDefaultAreMandatory) {
    const std::string age = problems_of(becoming("    - {age: at least 18}\n"));
    EXPECT_THAT(age, HasSubstr("f.yaml:15:7: say \"measured at\" here"));
    EXPECT_THAT(age, HasSubstr("f.yaml:15:7: say \"February 29\" here (february 28, march 1, unknown or nothing said): "
                               "someone may be born on that day"));
    const std::string ce = problems_of(renewing("    - {CE: at least 20 h}\n"));
    EXPECT_THAT(ce, HasSubstr("f.yaml:15:7: say \"first renewal\" here"));
    EXPECT_THAT(ce, HasSubstr("f.yaml:15:7: say \"carry over\" here"));
    EXPECT_THAT(
        problems_of(renewing(
            "    - {CE: at least 20 h, first renewal: asked in full, carry over: none}\n"
            "    - {name: second, CE: at least 2 h, only: ethics, first renewal: asked in full, carry over: none}\n")),
        HasSubstr("f.yaml:16:7: say \"counts in the total\" here"));
    EXPECT_THAT(problems_of(becoming("    - attempts: {at most: 3}\n")),
                HasSubstr("f.yaml:15:17: say \"a no-show\" here (counts, does not count, unknown or nothing said)"));
    EXPECT_THAT(problems_of(becoming("    - {exam: written}\n")), HasSubstr("f.yaml:15:7: say \"pass\" here"));
    const std::string parts =
        problems_of(becoming("    - {practice: at least 10 h, of which: {paid: at least 5 h}}\n"));
    EXPECT_THAT(parts, HasSubstr("say \"an hour counts in\" here (one part or several parts)"));
    EXPECT_THAT(parts,
                HasSubstr("say \"surplus\" here (counts in the total, counts for nothing, unknown or nothing said)"));
    const std::string lasts =
        problems_of(track_with("to become certified:\n  see: Page\n  lasts: {term: 2 years, ends: anniversary}\n"));
    EXPECT_THAT(lasts, HasSubstr("f.yaml:14:10: say \"last day\" here"));
    EXPECT_THAT(lasts, HasSubstr("f.yaml:14:10: say \"short month\" here"));
    EXPECT_THAT(lasts, HasSubstr("f.yaml:14:10: say \"February 29\" here"));
    EXPECT_THAT(problems_of(track_with("to renew certified:\n  see: Page\n  file: {until: expiry}\n")),
                HasSubstr("f.yaml:14:9: say \"filed means\" here"));
    const std::string rung = problems_of(track_with("after expiry: {see: Page, rungs: [{up to: no limit}]}\n"));
    EXPECT_THAT(rung, HasSubstr("f.yaml:12:35: say \"called\" here"));
    EXPECT_THAT(rung, HasSubstr("f.yaml:12:35: say \"holder may\" here"));
}

/// What is wrong with one clause, without the place.
std::string wrong_with(const std::string& clause) { return problems_of(becoming("    - " + clause + "\n")); }

TEST(Problems, UnderNoneOfAFactSaysWhatSilenceMeans) {
    EXPECT_THAT(
        wrong_with("{none of: [{fact: on probation}]}"),
        HasSubstr("f.yaml:15:18: under \"none of\" say \"not on record means\" here (not met, needs a decision or "
                  "met)"));
    EXPECT_EQ(wrong_with("{none of: [{fact: on probation, not on record means: not met}]}"), "");
    EXPECT_THAT(wrong_with("{none of: [{any of: [{all of: [{fact: on probation}]}]}]}"),
                HasSubstr("under \"none of\""));
    EXPECT_EQ(wrong_with("{all of: [{fact: on probation}]}"), "");
    const std::string meaning =
        "meanings: {barred: {fact: on probation, see: Page}, twice: {meaning: barred, see: Page}}\n";
    EXPECT_THAT(
        problems_of(track_with(meaning + "to become certified: {see: Page, needs: [{none of: [{meaning: twice}]}]}\n")),
        HasSubstr("f.yaml:12:20: under \"none of\""));
    EXPECT_EQ(problems_of(track_with(meaning + "to become certified: {see: Page, needs: [{meaning: twice}]}\n")), "");
}

TEST(Problems, AnOrderIsOfThingsThatHaveADay) {
    EXPECT_THAT(wrong_with("{in this order: [{training: xx-course}, applying]}"),
                HasSubstr("say \"same day\" here (allowed, not allowed, unknown or nothing said)"));
    EXPECT_EQ(wrong_with("{in this order: [{training: xx-course}, applying], same day: allowed}"), "");
    EXPECT_THAT(wrong_with("{in this order: [{training: xx-course}, {practice: at least 5 h}], same day: allowed}"),
                HasSubstr("f.yaml:15:47: what stands in an order has a day of its own"));
    EXPECT_THAT(wrong_with("{in this order: [{fact: employed}, applying], same day: allowed}"),
                HasSubstr("has a day of its own"));
    EXPECT_THAT(wrong_with("{in this order: [{training: xx-course}, aplying], same day: allowed}"),
                HasSubstr("\"aplying\" is not understood"));
    EXPECT_THAT(wrong_with("{in this order: [{training: xx-course}, asked], same day: allowed}"),
                HasSubstr("only a day of the step itself makes sense"));
    EXPECT_THAT(wrong_with("{in this order: [applying], same day: allowed}"), HasSubstr("two parts or more"));
}

TEST(Problems, MultiplesAndPiecesSayWhatCannotBeGuessed) {
    EXPECT_THAT(wrong_with("{supervision: at least 1 h, for every: {25 h of: practice}}"),
                HasSubstr("say \"a part of it\" here (asks for one more, asks for nothing, unknown or nothing said)"));
    EXPECT_THAT(
        wrong_with("{supervision: at least 1 h, for every: {25 h of: practise, a part of it: asks for nothing}}\n"
                   "    - {practice: at least 5 h}"),
        HasSubstr("nothing here defines the clause \"practise\", so it would count nothing; did you mean "
                  "\"practice\"?"));
    EXPECT_THAT(
        wrong_with("{supervision: at most 1 h, for every: {25 h of: practice, a part of it: asks for nothing}}"),
        HasSubstr("only a plain \"at least\" can be multiplied"));
    EXPECT_THAT(wrong_with("{supervision: at least 1 h, for every: {a part of it: asks for nothing}}"),
                HasSubstr("takes an amount of another clause"));
    EXPECT_THAT(wrong_with("{supervision: at least 1 times, in each: {calendar week: at least 1 times}}"),
                HasSubstr("say \"a week begins\" here (Monday, Sunday, unknown or nothing said)"));
    EXPECT_THAT(wrong_with("{supervision: at least 1 times, in each: {calender week: at least 1 times}}"),
                HasSubstr("unknown word \"calender week\"; did you mean \"calendar week\"?"));
    EXPECT_THAT(wrong_with("{supervision: at least 1 h, no gap when: leave}"),
                HasSubstr("belongs beside \"every\" or \"in each\""));
    EXPECT_THAT(wrong_with("{CE: at least 10 h, for each year of the term: yes}"), HasSubstr("belongs to a renewal"));
    EXPECT_THAT(wrong_with("{CE: at least 10 h, from at least: 5}"), HasSubstr("f.yaml:15:42: "));
    EXPECT_THAT(wrong_with("{CE: at least 10 h, from at least: 5 times}"), HasSubstr("like 5 courses"));
    EXPECT_THAT(wrong_with("{CE: at least 10 h, whole: 1 times}"), HasSubstr("another unit than the total"));
    EXPECT_THAT(wrong_with("{CE: at least 10 h, from different providers: yes}"),
                HasSubstr("only what is counted in pieces"));
    EXPECT_THAT(wrong_with("{documents: at least 10 h}"), HasSubstr("documents are counted in documents"));
}

TEST(Problems, SharesSayOfWhat) {
    const auto with_part = [](const std::string& part) {
        return wrong_with("{practice: at least 10 h, an hour counts in: one part, surplus: counts in the total, of "
                          "which: {paid: " +
                          part + "}}");
    };
    EXPECT_THAT(with_part("at least 50 %"), HasSubstr("a share says of what"));
    EXPECT_THAT(with_part("{at least: 50 %}"), HasSubstr("say \"share of\" here (required or claimed)"));
    EXPECT_EQ(with_part("{at least: 50 %, share of: claimed}"), "");
    EXPECT_THAT(with_part("{at least: 101 %, share of: claimed}"), HasSubstr("at most 100 %"));
    EXPECT_THAT(with_part("{at least: 5 h, share of: claimed}"), HasSubstr("belongs beside a minimum or cap in %"));
    EXPECT_THAT(with_part("{at least: 50 %, at most: 5 h, share of: claimed}"),
                HasSubstr("both amounts or both shares"));
}

TEST(Problems, ExamsTogetherWeighTheirParts) {
    EXPECT_THAT(wrong_with("{exam: [oral, written], pass together: at least 80 %}"), HasSubstr("say \"weights\" here"));
    EXPECT_THAT(wrong_with("{exam: [oral, written], pass together: at least 80 %, weights: {oral: 1}}"),
                HasSubstr("say how much \"written\" weighs"));
    EXPECT_THAT(wrong_with("{exam: [oral, written], pass together: at least 80 %, weights: {oral: 1, writen: 1}}"),
                HasSubstr("did you mean \"written\"?"));
    EXPECT_THAT(
        wrong_with("{exam: [oral, written], pass together: at least 80 %, pass: at least 80 %, weights: nothing "
                   "said}"),
        HasSubstr("not both"));
    EXPECT_THAT(wrong_with("{exam: [oral, written], pass: at least 80 %, weights: nothing said}"),
                HasSubstr("belongs beside \"pass together\""));
    EXPECT_EQ(wrong_with("{exam: [oral, written], pass together: at least 80 %, weights: nothing said}"), "");
}

TEST(Problems, FactsInARowSayWhatThe29thOfFebruaryDoes) {
    EXPECT_THAT(wrong_with("{fact: f, held for: at least 24 months, in a row: yes}"),
                HasSubstr("say \"February 29\" here"));
    EXPECT_EQ(wrong_with("{fact: f, held for: at least 90 days, in a row: yes}"), "");
    EXPECT_THAT(wrong_with("{fact: f, in a row: yes}"), HasSubstr("belongs beside \"held for\""));
    EXPECT_THAT(wrong_with("{fact: f, held for: at least 24 months, February 29: march 1}"),
                HasSubstr("belongs beside \"in a row\""));
}

TEST(Problems, CalendarsUnitsAndOlderWordsAreChecked) {
    const std::string tries =
        "to become certified: {see: Page, needs: [{exam: e, pass: as the examiner says}, {attempts: "
        "{at most: 2, a no-show: counts, counted: in the same term}}]}\n";
    EXPECT_THAT(problems_of(track_with(tries)), HasSubstr("nothing here defines the calendar \"term\""));
    EXPECT_EQ(problems_of(track_with("calendars: {term: [{from: 2025-01-01, until: 2025-05-01}]}\n" + tries)), "");
    EXPECT_EQ(problems_of(track_with("calendars: {term: unknown}\n" + tries)), "");
    EXPECT_THAT(problems_of(track_with("calendars: {term: [{from: 2025-01-01, until: 2025-05-01}, {from: 2025-05-01, "
                                       "until: 2025-06-01}]}\n" +
                                       tries)),
                HasSubstr("periods follow each other"));
    EXPECT_THAT(problems_of(track_with("units: {h: 2 h}\n")), HasSubstr("\"h\" is a unit already"));
    EXPECT_THAT(problems_of(track_with("units: {CEU: 3 times}\n")), HasSubstr("so many h or min, or refused"));
    EXPECT_THAT(problems_of(track_with("older words: {ethics: paid}\n")), HasSubstr("is a word of this edition"));
    EXPECT_THAT(problems_of(track_with("older words: {morals: etics}\n")), HasSubstr("did you mean \"ethics\"?"));
    EXPECT_EQ(problems_of(track_with("older words: {morals: ethics, virtues: undecided}\n")), "");
    EXPECT_THAT(wrong_with("{CE: at least 5 h, not used by: {only: ethics}}"), HasSubstr("say whose decisions"));
}

TEST(Problems, DaysThatMayNotExistSayWhatThen) {
    const std::string sentence = "may not exist yet; say what holds then";
    EXPECT_THAT(problems_of(becoming("    - {training: xx-course, dated: within 1 year after completing xx-course}\n")),
                HasSubstr(sentence));
    EXPECT_EQ(problems_of(becoming("    - {training: xx-course, dated: within 1 year after completing xx-course, "
                                   "absent: nothing counts yet}\n")),
              "");
    EXPECT_THAT(problems_of(becoming("    - {practice: at least 5 h, dated: in the term}\n")), HasSubstr(sentence));
    EXPECT_THAT(problems_of(becoming("    - {practice: at least 5 h, dated: after passing}\n")), HasSubstr(sentence));
    EXPECT_EQ(problems_of(renewing(
                  "    - {practice: at least 5 h, dated: in the term}\n    - {statement: s, dated: after passing}\n")),
              "");
    EXPECT_EQ(problems_of(becoming("    - {practice: at least 5 h, dated: within 1 year before applying}\n")), "");
    EXPECT_THAT(problems_of(track_with("meanings: {m: {practice: at least 5 h, dated: before applying, see: Page}}\n")),
                HasSubstr(sentence));
    EXPECT_THAT(problems_of(track_with("to become certified:\n  see: Page\n  coming from: [trainee]\n  needs: "
                                       "[{practice: at least 5 h, dated: from becoming certified}]\n")),
                HasSubstr(sentence));
    EXPECT_EQ(problems_of(track_with("to become certified:\n  see: Page\n  coming from: [trainee]\n  needs: "
                                     "[{practice: at least 5 h, dated: from becoming trainee}]\n")),
              "");
    EXPECT_THAT(problems_of(becoming("    - {practice: at least 5 h, absent: open}\n")),
                HasSubstr("\"absent\" belongs beside \"dated\""));
}

TEST(Problems, OfClausesShowTheirForm) {
    EXPECT_THAT(
        problems_of(becoming("    - {statment: x}\n")),
        HasSubstr(
            "f.yaml:15:7: no word here says what kind of clause this is; did you mean \"statement\"? kinds: all of,"));
    EXPECT_THAT(
        problems_of(becoming("    - {age: at least 18, training: xx-course}\n")),
        HasSubstr(
            "f.yaml:15:26: a clause has one kind word, and this one has \"age\" already; make it a clause of its own"));
    EXPECT_THAT(problems_of(becoming("    - just text\n")),
                HasSubstr("f.yaml:15:7: a clause is a kind word and its value"));
    EXPECT_THAT(problems_of(becoming("    - {any of: []}\n")), HasSubstr("this list of clauses is empty"));
    EXPECT_THAT(problems_of(becoming("    - at least 3 of: [{statement: a}, {statement: b}]\n")),
                HasSubstr("\"at least 3 of\" asks for more than the 2 that are listed"));
    EXPECT_THAT(problems_of(becoming("    - at least two of: [{statement: a}, {statement: b}]\n")),
                HasSubstr("write a number, like \"at least 2 of\""));
    EXPECT_THAT(problems_of(becoming("    - {if: {statement: a}}\n")), HasSubstr("\"if\" wants a \"then\" beside it"));
    EXPECT_THAT(problems_of(becoming("    - {practice: at lest 30 h}\n")),
                HasSubstr("f.yaml:15:18: \"at lest 30 h\" is not understood; write at least 30 h, at most 30 h or 20 h "
                          "to 30 h; did you mean \"at least 30 h\"?"));
    EXPECT_THAT(problems_of(becoming("    - {practice: at least 30 %}\n")),
                HasSubstr("\"practice\" is counted in h, min, times, sessions or courses"));
    EXPECT_THAT(problems_of(becoming("    - {competency: listening}\n")),
                HasSubstr("a competency is written as FRAMEWORK/CODE"));
    EXPECT_THAT(problems_of(becoming("    - {statement: s, signed: again}\n")),
                HasSubstr("\"signed: again\" belongs to a renewal"));
    EXPECT_THAT(problems_of(becoming("    - {fact: f, held for: 1 year}\n")),
                HasSubstr("\"held for\" takes a time like at least 1 year"));
    EXPECT_THAT(problems_of(becoming("    - {practice: at least 3 h, except: [video]}\n")),
                HasSubstr("\"except\" belongs beside \"does not count\""));
    EXPECT_THAT(problems_of(becoming("    - {practice: at least 3 h, surplus: counts in the total}\n")),
                HasSubstr("\"surplus\" belongs beside \"of which\""));
    EXPECT_THAT(problems_of(becoming("    - {asked on: until applying}\n")), HasSubstr("literal days are wanted here"));
    EXPECT_THAT(problems_of(becoming("    - {name: a, statement: x}\n    - {name: a, statement: y}\n")),
                HasSubstr("two clauses of this step are called \"a\""));
    EXPECT_THAT(problems_of(renewing("    - {CE: at least 5 h, first renewal: asked in full, carry over: none, an hour "
                                     "counts in: one part, surplus: counts in the total, of which: "
                                     "{ethics: at least 3 h, video: at least 3 h}}\n")),
                HasSubstr(": the minimums of the parts add up to more than the total, and an hour counts in one part"));
    EXPECT_EQ(problems_of(renewing("    - {CE: at least 6 h, first renewal: asked in full, carry over: none, an hour "
                                   "counts in: one part, surplus: counts in the total, of which: "
                                   "{ethics: at least 3 h, video: at least 3 h}}\n")),
              "");
    EXPECT_THAT(problems_of(becoming("    - {practice: at least 5 h, adds up from: [{only: paid}]}\n")),
                HasSubstr("takes two pieces or more"));
    EXPECT_THAT(problems_of(becoming("    - {practice: at least 5 h, adds up from: [{only: paid}, {fact: f}]}\n")),
                HasSubstr("a piece that is a fact says what it is worth"));
    EXPECT_EQ(problems_of(becoming("    - {practice: at least 5 h, adds up from: [{only: paid}, {only: video, worth: "
                                   "50 %}]}\n")),
              "");
    EXPECT_THAT(problems_of(becoming("    - {practice: at least 5 h, adds up from: [{only: paid}, {only: video, worth: "
                                     "2 h}]}\n")),
                HasSubstr("what each hour is worth is a share, like {only: [volunteer], worth: 50 %}"));
    EXPECT_THAT(problems_of(becoming("    - {practice: at least 5 h, adds up from: [{only: paid}, {only: video, worth: "
                                     "0 %}]}\n")),
                HasSubstr("what each hour is worth is a share"));
}

TEST(Problems, OfRungsLeaveNoDayOut) {
    EXPECT_THAT(problems_of(track_with("after expiry:\n  see: Page\n  holder may: nothing\n  rungs: [{up to: no limit, "
                                       "called: a}, {up to: 1 month after expiry, called: b}]\n")),
                HasSubstr("f.yaml:15:11: nothing can follow a rung that goes up to no limit"));
    EXPECT_THAT(problems_of(track_with("after expiry:\n  see: Page\n  holder may: nothing\n  rungs: [{up to: 1 month "
                                       "after expiry, called: b}]\n")),
                HasSubstr("f.yaml:15:11: the last rung goes up to no limit or unknown"));
    EXPECT_THAT(problems_of(track_with("after expiry:\n  see: Page\n  holder may: nothing\n  rungs: [{up to: August 31 "
                                       "as printed, called: b}, {up to: no limit, called: c}]\n")),
                HasSubstr("\"arithmetic says: 6 months after expiry\" belongs beside a day as printed"));
}

TEST(Problems, OfMeaningsThatLeadBackToThemselves) {
    EXPECT_THAT(problems_of(track_with("meanings:\n  a: {meaning: b, see: Page}\n  b: {any of: [{meaning: a, see: "
                                       "Page}, {statement: s, see: Page}]}\n")),
                HasSubstr("f.yaml:13:3: the meaning \"a\" leads back to itself"));
}

TEST(Problems, OfCopiesOfCopiesComeToAnEnd) {
    std::string text = "to become certified: {see: Page, needs: [{statement: s}]}\n";
    for (int step = 0; step < 30; ++step) {
        const std::string one = step == 0 ? "to become certified" : "to add level" + std::to_string(step - 1);
        text += "to add level" + std::to_string(step) + ": {see: Page, needs: [{everything: " + one +
                "}, {everything: " + one + "}]}\n";
    }
    EXPECT_THAT(problems_of(track_with(text)),
                HasSubstr("this file copies steps more than 100 times; write the clauses out"));
    std::string meanings = "meanings:\n";
    for (int meaning = 0; meaning < 40; ++meaning)
        meanings += "  m" + std::to_string(meaning) + ": {any of: [{meaning: m" + std::to_string(meaning + 1) +
                    ", see: Page}, {meaning: m" + std::to_string(meaning + 1) + ", see: Page}]}\n";
    EXPECT_EQ(problems_of(track_with(meanings + "  m40: {statement: s, see: Page}\n")), "");
}

TEST(Problems, OfEverythingThatContainsItself) {
    EXPECT_THAT(problems_of(becoming("    - {everything: to become certified}\n")),
                HasSubstr("\"to become certified\" would contain itself"));
    EXPECT_THAT(problems_of(becoming("    - {everything: to become trainees}\n")),
                HasSubstr("\"everything\" takes a step of this file that has needs"));
}

TEST(Problems, EndAfterTwoHundred) {
    std::string clauses;
    for (int times = 0; times < 1000; ++times)
        clauses += "    - {nonsense" + std::to_string(times) + ": x}\n";
    EXPECT_EQ(read_text(becoming(clauses)).problems.size(), 200U);
}

} // namespace
