#include "curricula/explain.hpp"
#include "curricula/gaps.hpp"
#include "curricula/schema.hpp"
#include "curricula/small_files.hpp"

using namespace peercert;
using namespace peercert::curricula;
using namespace peercert::tests;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

Edition read(const std::string& text) {
    ReadEdition answer = read_text(text);
    EXPECT_EQ(to_text(answer.problems), "");
    return answer.edition.value_or(Edition{});
}

const std::vector<Requirement>& needs_of(const Edition& edition) {
    return std::get<Group>(edition.steps.at(0).needs.body).parts;
}

template <class Body>
const Body& body(const Requirement& clause) {
    return std::get<Body>(clause.body);
}

TEST(Editions, SixLinesMakeACourse) {
    const Edition course = read("course: eating-well\n"
                                "title: Eating Well on a Budget\n"
                                "author: Alfred\n"
                                "sessions: unknown\n"
                                "led by: anyone the author invites\n"
                                "everyone who comes gets: a thank-you certificate\n");
    EXPECT_EQ(course.kind, Edition::Kind::curriculum);
    EXPECT_EQ(course.code, "eating-well");
    EXPECT_EQ(course.edition, "1");
    EXPECT_EQ(course.titles.front().called, "Eating Well on a Budget");
    EXPECT_EQ(course.author, "Alfred");
    ASSERT_EQ(course.formats.size(), 1U);
    EXPECT_EQ(course.formats[0].led_by_invitation, "anyone the author invites");
    EXPECT_EQ(course.formats[0].completion_word, "eating-well");
    EXPECT_EQ(course.formats[0].gives, "a thank-you certificate");
    EXPECT_FALSE(course.formats[0].sessions);
    EXPECT_EQ(course.digest, digest_of(course.full_text));
    EXPECT_EQ(course.digest.size(), 64U);
}

TEST(Editions, DigestIsSha256) {
    EXPECT_EQ(digest_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Editions, AClauseKeepsItsAmountWindowAndFilter) {
    const Edition edition =
        read(renewing("    - name: continuing education\n"
                      "      CE: at least 30 h\n"
                      "      dated: in the term\n"
                      "      does not count: [video]\n"
                      "      of which: {peer-specific: at least 14 h, ethics: {at least: 2 h, at most: 6 h}}\n"
                      "      an hour counts in: one part\n"
                      "      surplus: counts in the total\n"
                      "      same course: once per term\n"
                      "      first renewal: not before the first full term\n"
                      "      carry over: nothing said\n"
                      "      note: read twice\n"));
    const Requirement& clause = needs_of(edition).at(0);
    EXPECT_EQ(clause.name, "continuing education");
    EXPECT_EQ(clause.word, "CE");
    EXPECT_EQ(clause.see, "Page");
    EXPECT_EQ(clause.note, "read twice");
    EXPECT_EQ(clause.place, "f.yaml:15:7");
    const auto& rule = body<Measure>(clause);
    EXPECT_EQ(rule.kind, EntryKind::ce);
    EXPECT_EQ(rule.bound, (Bound{1800, {}, Unit::minutes}));
    EXPECT_TRUE(rule.selection.dated->in_the_term);
    EXPECT_EQ(rule.selection.dated->absent, WhenAbsent::guaranteed);
    EXPECT_THAT(rule.selection.does_not_count, ElementsAre("video"));
    ASSERT_EQ(rule.of_which.size(), 2U);
    EXPECT_EQ(rule.of_which[0].bound, (Bound{840, {}, Unit::minutes}));
    EXPECT_THAT(rule.of_which[0].selection.only, ElementsAre("peer-specific"));
    EXPECT_EQ(rule.of_which[1].bound, (Bound{120, 360, Unit::minutes}));
    EXPECT_FALSE(rule.several_parts);
    EXPECT_TRUE(rule.surplus_in_total);
    EXPECT_EQ(rule.selection.same_course, Selection::Repeats::once_per_term);
    EXPECT_EQ(rule.first_renewal, (Stated<FirstRenewal>{Knowing::stated, FirstRenewal::not_before_first_full_term}));
    EXPECT_EQ(rule.carry_over->knowing, Knowing::nothing_said);
}

TEST(Editions, PiecesAddUp) {
    const Edition edition = read(
        becoming("    - practice: at least 1000 h\n"
                 "      adds up from:\n"
                 "        - {name: as trainee, dated: from 2025-07-01, while: trainee, by: certified}\n"
                 "        - {fact: counselor, held for: at least 1 year, worth: 1000 h, dated: until 2025-06-30}\n"));
    const auto& rule = body<Measure>(needs_of(edition).at(0));
    ASSERT_EQ(rule.adds_up_from.size(), 2U);
    EXPECT_EQ(rule.adds_up_from[0].selection.while_level, "trainee");
    EXPECT_EQ(rule.adds_up_from[0].selection.vouched_by, "certified");
    EXPECT_EQ(rule.adds_up_from[0].selection.dated->from->day, 2025y / 7 / 1);
    EXPECT_EQ(rule.adds_up_from[1].fact, "counselor");
    EXPECT_EQ(rule.adds_up_from[1].held_for, (Span{1, CalendarUnit::years}));
    EXPECT_EQ(rule.adds_up_from[1].worth, 60'000);
}

TEST(Editions, AListMeansAllAndEitherIsWritten) {
    const Edition edition =
        read(becoming("    - {training: [xx-course, ethics-1]}\n"
                      "    - {name: either, training: {any of: [xx-course, ethics-1]}}\n"
                      "    - {practice: at least 2 times, only: [paid, ethics]}\n"
                      "    - {name: second, practice: at least 2 courses, only: {any of: [paid, ethics]}}\n"
                      "    - at least 2 of: [{statement: a}, {statement: b}, {statement: c}]\n"));
    const auto& needs = needs_of(edition);
    EXPECT_THAT(body<HasEntries>(needs[0]).codes, ElementsAre("xx-course", "ethics-1"));
    EXPECT_EQ(body<Group>(needs[1]).op, Group::Op::any);
    EXPECT_EQ(body<Group>(needs[1]).parts.size(), 2U);
    EXPECT_EQ(body<Group>(needs[1]).parts[0].see, "Page");
    EXPECT_THAT(body<Measure>(needs[2]).selection.only, ElementsAre("paid", "ethics"));
    EXPECT_EQ(body<Measure>(needs[2]).counter, Measure::Counter::entries);
    EXPECT_THAT(body<Measure>(needs[3]).selection.any_of, ElementsAre("paid", "ethics"));
    EXPECT_EQ(body<Measure>(needs[3]).counter, Measure::Counter::distinct_codes);
    EXPECT_EQ(body<Group>(needs[4]).needed, 2);
}

TEST(Editions, ThereAreThreeWaysOfNotKnowing) {
    const Edition edition = read(becoming("    - {name: none asked, practice: none}\n"
                                          "    - {name: not found, practice: unknown}\n"
                                          "    - {name: silent, supervision: nothing said}\n"
                                          "    - {unknown: the topics}\n"
                                          "    - {exam: written, pass: as the examiner says}\n"
                                          "    - {name: oral one, exam: oral, pass: unknown}\n"
                                          "    - {name: third, exam: essay, pass: at least 85 %}\n"));
    const auto& needs = needs_of(edition);
    EXPECT_TRUE(body<Group>(needs[0]).parts.empty());
    EXPECT_EQ(body<NotKnown>(needs[1]).knowing, Knowing::unknown);
    EXPECT_EQ(body<NotKnown>(needs[2]).knowing, Knowing::nothing_said);
    EXPECT_EQ(needs[3].name, "the topics");
    EXPECT_EQ(body<Passed>(needs[4]).mark.knowing, Knowing::none);
    EXPECT_EQ(body<Passed>(needs[5]).mark.knowing, Knowing::unknown);
    EXPECT_EQ(body<Passed>(needs[6]).mark.value, (Amount{8500, Unit::hundredths}));
    std::vector<std::string> what;
    for (const Gap& gap : gaps(edition))
        what.push_back(gap.what);
    EXPECT_THAT(what, ElementsAre("not found", "silent", "the topics", "oral one: the mark to pass"));
}

TEST(Editions, EverythingCopiesAnotherStep) {
    const Edition edition = read(track_with(
        "to become trainee:\n"
        "  see: Page\n"
        "  needs: [{name: a, statement: a}, {name: b, statement: b}]\n"
        "to become certified:\n"
        "  see: our reading\n"
        "  coming from: [trainee]\n"
        "  needs: [{everything: to become trainee, without: [b]}, {practice: at least 5 h, dated: in the term}]\n"));
    const auto& copied = body<Group>(std::get<Group>(edition.steps[1].needs.body).parts[0]);
    ASSERT_EQ(copied.parts.size(), 1U);
    EXPECT_EQ(copied.parts[0].name, "a");
    EXPECT_EQ(copied.parts[0].see, "Page");
    EXPECT_EQ(edition.sources.back().mark, "our reading");
    EXPECT_EQ(edition.sources.back().confidence, Confidence::our_reading);
}

TEST(Editions, RungsFeesAndTermsAreTyped) {
    const Edition edition = read(track_with(
        "to become certified:\n"
        "  see: Page\n"
        "  fee: [{application: 50 USD}, {name: exam, amount: unknown}]\n"
        "  lasts: {term: 2 years, ends: anniversary, last day: the day before, short month: nothing said, February 29: "
        "march 1, renewals: at most 4}\n"
        "to renew certified:\n"
        "  see: Page\n"
        "  file: {opens: 90 days before expiry, until: expiry, filed means: postmark, closed day: unknown}\n"
        "  needs: [{statement: code of ethics, signed: again}]\n"
        "  fee: none\n"
        "after expiry:\n"
        "  see: Page\n"
        "  holder may: nothing\n"
        "  rungs:\n"
        "    - {up to: 1 month after expiry, called: grace, holder may: [work], fee: {renewal: 55 USD, late: 25.50 "
        "USD}}\n"
        "    - up to: August 31, as printed\n"
        "      arithmetic says: 6 months after expiry\n"
        "      called: late\n"
        "    - {up to: no limit, called: ended, to come back: [{training: xx-course}], instead of renewal: yes}\n"));
    EXPECT_EQ(edition.steps[0].fees.size(), 2U);
    EXPECT_EQ(edition.steps[0].fees[0].cents.value, 5000);
    EXPECT_EQ(edition.steps[0].fees[1].cents.knowing, Knowing::unknown);
    const Level& level = *edition.level("certified");
    ASSERT_TRUE(level.lasts);
    EXPECT_EQ(level.lasts->clock, "anniversary");
    EXPECT_EQ(level.lasts->term, (Span{2, CalendarUnit::years}));
    EXPECT_EQ(level.lasts->parameters.word("last day"), "the day before");
    EXPECT_EQ(level.lasts->renewals_at_most, 4);
    EXPECT_TRUE(edition.steps[1].fees.empty());
    EXPECT_EQ(edition.steps[1].filing->filed_means.value, "postmark");
    EXPECT_EQ(edition.steps[1].filing->closed_day.knowing, Knowing::unknown);
    const auto& signed_again = body<HasEntries>(std::get<Group>(edition.steps[1].needs.body).parts[0]);
    EXPECT_EQ(signed_again.selection.dated->from, edition.steps[1].filing->opens.value);
    ASSERT_EQ(edition.after_expiry.size(), 3U);
    EXPECT_THAT(edition.after_expiry[0].holder_may.value, ElementsAre("work"));
    EXPECT_EQ(edition.after_expiry[0].fees[1].cents.value, 2550);
    EXPECT_EQ(edition.after_expiry[1].printed, "August 31");
    EXPECT_EQ(edition.after_expiry[1].until.shifts.at(0), (Span{6, CalendarUnit::months}));
    EXPECT_EQ(edition.after_expiry[1].holder_may.knowing, Knowing::none);
    EXPECT_TRUE(edition.after_expiry[2].only_to_come_back);
}

TEST(Editions, GroupsPurposesAndCompetenciesAreTyped) {
    const Edition edition = read(track_with(
        "groups:\n"
        "  weekly: {size: 8 to 12, sessions: 8 of 2.5 h, content: at least 16 h, led by: [certified, {any of: "
        "[trainee, certified]}], completed by: [{attendance: at least 14 h}], completion: done, see: Page}\n"
        "  open: {keeps no register: yes, never recorded: [names], see: Page}\n"
        "may: {bill: {level: {any of: [trainee, certified]}, dated: after 2025-06-30, restriction: {for: trainee, "
        "says: under supervision}, employer confirms: [a contract], see: Page}}\n"
        "exceptions: [{name: e, for fact: f, dated: from 2021-02-28 until 2021-08-30, the ladder: begins after it, "
        "last day: 2023-08-30, that day: prolongs, fee: waivable, see: Page}]\n"
        "competencies: {I: {title: T, see: Page, items: [one, {label: two, see: recalled}]}}\n"
        "scale: {words: [not yet, shown], counts: [shown], anchors: {shown: Seen twice}, see: Page}\n"
        "sign off: {by: certified, issued by: [board], assessors: 2, assessors from: different organizations, methods: "
        "[role play], entered within: 2 weeks, see: Page}\n"));
    const Format& weekly = *edition.format("weekly");
    EXPECT_EQ(weekly.size, (Bound{8, 12, Unit::count}));
    EXPECT_EQ(weekly.sessions, 8);
    EXPECT_EQ(weekly.session_length, 150min);
    EXPECT_EQ(weekly.content_at_least, 16h);
    EXPECT_THAT(weekly.led_by, ElementsAre(ElementsAre("certified"), ElementsAre("trainee", "certified")));
    EXPECT_EQ(weekly.completion_word, "done");
    EXPECT_TRUE(edition.format("open")->keeps_no_register);
    EXPECT_EQ(edition.purposes.at(0).dated->from->day, 2025y / 7 / 1);
    EXPECT_THAT(edition.purposes[0].levels, ElementsAre("trainee", "certified"));
    EXPECT_EQ(edition.exceptions.at(0).dated.last, 2021y / 8 / 30);
    ASSERT_EQ(edition.competencies.size(), 3U);
    EXPECT_EQ(edition.competencies[2].code, "I.2");
    EXPECT_EQ(edition.competencies[2].confidence, "recalled");
    EXPECT_EQ(edition.competencies[1].confidence, "verified");
    EXPECT_EQ(edition.sign_off->enter_within_days, 14);
    EXPECT_EQ(edition.sign_off->assessors, 2);
    EXPECT_THAT(edition.sign_off->issuers, ElementsAre("board"));
    EXPECT_TRUE(edition.sign_off->different_organizations);
    ASSERT_EQ(edition.scale.anchors.size(), 1U);
    EXPECT_EQ(edition.scale.anchors[0].word, "shown");
    EXPECT_EQ(edition.scale.anchors[0].looks_like, "Seen twice");
}

const std::string base =
    track_with("to become certified:\n"
               "  see: Page\n"
               "  needs:\n"
               "    - {name: old enough, age: at least 18, measured at: applying, February 29: nothing said}\n"
               "    - any of: [{name: inside, statement: a}, {statement: b}]\n"
               "  lasts: {term: 2 years, ends: fixed day, day: October 31}\n");

ReadEdition read_on_base(const std::string& text) {
    return read_edition({"g.yaml", text}, nullptr,
                        [](std::string_view code, std::string_view edition) -> std::optional<SourceText> {
                            if (code == "xx-ps" && edition == "2024")
                                return SourceText{"f.yaml", base, "local"};
                            return std::nullopt;
                        });
}

const std::string derived_head = "track: yy-ps\nedition: 2025\nbased on: xx-ps 2024\n";

TEST(BasedOn, ChangesNamedClausesAndKeepsTheRest) {
    const ReadEdition read = read_on_base(
        derived_head +
        "title: Derived\nsources: {New: {what: new page, trust: recalled}}\nchanges:\n"
        "  to become certified:\n"
        "    see: New\n"
        "    change: {old enough: {age: at least 21, see: New}, inside: {statement: c}, lasts: {day: January 31}}\n"
        "    add: [{statement: d}]\n");
    ASSERT_TRUE(read.edition) << to_text(read.problems);
    const Edition& edition = *read.edition;
    EXPECT_EQ(edition.code, "yy-ps");
    EXPECT_EQ(edition.titles[0].called, "Derived");
    EXPECT_EQ(edition.zone, "America/Chicago");
    const auto& needs = needs_of(edition);
    ASSERT_EQ(needs.size(), 3U);
    EXPECT_EQ(body<AgeRule>(needs[0]).years.at_least, 21);
    EXPECT_EQ(needs[0].see, "New");
    EXPECT_THAT(body<HasEntries>(body<Group>(needs[1]).parts[0]).codes, ElementsAre("c"));
    EXPECT_EQ(needs[2].see, "New");
    EXPECT_EQ(edition.level("certified")->lasts->parameters.word("day"), "January 31");
    EXPECT_EQ(edition.sources.size(), 2U);
    EXPECT_EQ(edition.full_text.find("based on"), std::string::npos);
    const Edition again = from_full_text({"stored", edition.full_text, "record"}, nullptr);
    EXPECT_EQ(again.digest, edition.digest);
    EXPECT_EQ(needs_of(again).size(), 3U);
}

TEST(BasedOn, LeavesOutAndReplaces) {
    const ReadEdition read =
        read_on_base(derived_head + "changes:\n  to become certified: {without: [inside]}\n  after expiry: unknown\n");
    ASSERT_TRUE(read.edition) << to_text(read.problems);
    EXPECT_EQ(body<Group>(needs_of(*read.edition)[1]).parts.size(), 1U);
    EXPECT_EQ(read.edition->after_expiry.at(0).until_kind, Rung::Until::unknown);
}

TEST(BasedOn, SaysWhatItCannotFind) {
    EXPECT_THAT(to_text(read_on_base("track: y\nedition: 1\nbased on: zz 2024\n").problems),
                HasSubstr("g.yaml:3:11: no edition \"zz 2024\" is known to base this on"));
    EXPECT_THAT(to_text(read_on_base("track: y\nedition: 1\nbased on: zz\n").problems),
                HasSubstr("g.yaml:3:11: \"based on\" takes a code and an edition"));
    EXPECT_THAT(to_text(read_on_base(derived_head +
                                     "changes: {to become certified: {change: {old enuogh: {age: at least 21}}}}\n")
                            .problems),
                HasSubstr("has no clause named \"old enuogh\" here; did you mean \"old enough\"? (only clauses with a "
                          "\"name\" can be changed)"));
    EXPECT_THAT(to_text(read_on_base(derived_head + "changes: {to renew certified: {without: [x]}}\n").problems),
                HasSubstr("has no \"to renew certified\""));
    EXPECT_THAT(to_text(read_on_base("track: y\nedition: 1\nchanges: {}\n").problems),
                HasSubstr("g.yaml:3:1: \"changes\" belongs beside \"based on\""));
}

TEST(Explain, ReadsTheClauseAloud) {
    const Edition edition = read(becoming(
        "    - {practice: at least 500 h, only: [paid], dated: within 3 years before applying, by: certified}\n"));
    EXPECT_EQ(explain(needs_of(edition)[0]).at(0).sentence,
              "at least 500 h of peer support practice, only what is paid, confirmed by somebody who is certified on "
              "that day, dated within 3 years before applying");
}

TEST(Schema, KnowsEveryKindAndWord) {
    const std::string schema = json_schema();
    for (const auto* word : {"\"asked on\"", "\"first renewal\"", "\"^at least [0-9]+ of$\"", "\"cases for\""})
        EXPECT_THAT(schema, HasSubstr(word));
}

} // namespace
