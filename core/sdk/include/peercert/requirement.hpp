#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include <peercert/date.hpp>
#include <peercert/finding.hpp>
#include <peercert/parameters.hpp>
#include <peercert/record.hpp>

/// A rule as its author wrote it, typed. `core/curricula` makes these from YAML, `core/rules` compiles them. Words are
/// still text here; amounts are exact integers in their unit.
namespace peercert {

/// The three ways of not knowing, beside knowing. `none` is a value ("there is no limit"); the last two make whatever
/// depends on them a decision for people, unless the best and the worst case agree.
enum class Knowing : std::uint8_t {
    stated,
    none,        ///< the source says there is none
    unknown,     ///< there must be a rule; it was not found
    nothing_said ///< the source was read and is silent
};

template <class T>
struct Stated {
    Knowing knowing{Knowing::nothing_said};
    T value{};
    bool is_stated() const { return knowing == Knowing::stated; }
    bool is_open() const { return knowing == Knowing::unknown || knowing == Knowing::nothing_said; }
    bool operator==(const Stated&) const = default;
};

struct Amount {
    std::int64_t value{0};
    Unit unit{Unit::none};
    bool operator==(const Amount&) const = default;
};

/// "at least 30 h", "at most 4 attempts", "18 to 30". Both ends inclusive.
struct Bound {
    std::optional<std::int64_t> at_least;
    std::optional<std::int64_t> at_most;
    Unit unit{Unit::none};
    bool operator==(const Bound&) const = default;
};

enum class CalendarUnit : std::uint8_t { days, weeks, months, years };

struct Span {
    int count{0};
    CalendarUnit unit{CalendarUnit::days};
    bool operator==(const Span&) const = default;
};

/// Days a rule can hang on. What exists depends on the step asked about; a day that may not exist must say what then.
enum class Anchor : std::uint8_t {
    day,           ///< a literal day
    asked,         ///< the day the question is asked for
    applying,      ///< the application (or renewal) was filed
    issue,         ///< the day of the decision to issue
    expiry,        ///< last day of the present term
    term_start,    ///< first day of the present term
    first_issue,   ///< first day of term 1
    passing,       ///< the last part of the exam was passed
    birth,         ///< the day of birth
    completing,    ///< last day of the course named in `word`
    becoming,      ///< first day at the level named in `word`
    first_attempt, ///< first attempt at the exam part named in `word`
    entry,         ///< first entry with the code named in `word`

    starting,           ///< first day of the course named in `word`
    last_certification, ///< day of the decision that gave the present term; its first day when that is not on record

    approval,       ///< the application was approved to go on (to the exam, to practice)
    last_renewal,   ///< first day of the present term, when it is not the first
    previous_start, ///< first day of the term before the present one
    previous_end,   ///< last day of the term before the present one

    // Days made of other days, which stand in `of`. One of them absent: absent.
    month_start, ///< first day of the month of `of`
    month_end,   ///< last day of the month of `of`
    year_start,  ///< 1 January of the year of `of`
    year_end,    ///< 31 December of the year of `of`
    later_of,    ///< the latest of `of`
    earlier_of,  ///< the earliest of `of`

    quarter_start,   ///< first day of the calendar quarter of `of`
    quarter_end,     ///< last day of the calendar quarter of `of`
    business_after,  ///< so many business days after `of`; none: `of` itself, or the first business day after it
    business_before, ///< so many business days before `of`; none: `of` itself, or the last business day before it
};

struct DayExpression {
    Anchor anchor{Anchor::asked};
    Date day{};                    ///< for Anchor::day
    std::string word;              ///< for completing, starting, becoming, first_attempt, entry
    std::vector<Span> shifts;      ///< negative = before; months and years are added first and clamped once, then days
    std::vector<DayExpression> of; ///< two for later_of and earlier_of, one for every other day made of days
    int business_days{0};          ///< for business_after and business_before; counted by the edition's calendar
    bool operator==(const DayExpression&) const = default;
};

/// What a window is while the day it hangs on has not come.
enum class WhenAbsent : std::uint8_t {
    guaranteed, ///< the step guarantees the day
    empty,      ///< nothing counts yet
    not_begun,  ///< the limit does not bite yet
    open        ///< the bound is simply missing
};

/// `from` and `until` include their day, unless the flag says otherwise ("after", "before").
struct Window {
    std::optional<DayExpression> from;
    std::optional<DayExpression> until;
    bool from_excluded{false};
    bool until_excluded{false};
    bool in_the_term{false}; ///< shorthand: from term_start until expiry
    WhenAbsent absent{WhenAbsent::guaranteed};
    bool operator==(const Window&) const = default;
};

/// What a decision of some track (perhaps this one) relied on does not count again: any entry, or only those that carry
/// all of `only` and, when there are any, one of `any_of`.
struct NotUsedBy {
    std::string track;
    std::vector<std::string> only;
    std::vector<std::string> any_of;
    bool operator==(const NotUsedBy&) const = default;
};

/// Words an entry must or must not carry. Every list means "all"; alternatives stand in `any_of`.
struct Selection {
    std::vector<std::string> only;           ///< all of these words
    std::vector<std::string> any_of;         ///< at least one of these
    std::vector<std::string> does_not_count; ///< none of these ...
    std::vector<std::string> except;         ///< ... unless one of these is there too
    std::vector<std::string> courses;        ///< code is one of these
    std::vector<std::string> providers;      ///< provider is one of these
    std::string while_level;                 ///< the person held this level of this track on the entry's days
    std::string vouched_by;         ///< meaning or level whose holder must have vouched, entitled on the entry's days
    std::vector<std::string> proof; ///< words the entry's evidence must carry, else "missing field"
    std::optional<Window> dated;    ///< absent: ever, up to the asked day
    enum class Repeats : std::uint8_t { allowed, once_per_term, once_ever } same_course{Repeats::allowed};
    std::vector<NotUsedBy> not_used_by;
    std::string letter; ///< an entry counts only if its provider sent a document of this code; else "missing field"
    bool operator==(const Selection&) const = default;
};

struct Requirement;

/// all of / any of / at least N of / none of. "None of" is met when every part is unmet.
struct Group {
    enum class Op : std::uint8_t { all, any, at_least, none } op{Op::all};
    int needed{0};
    std::vector<Requirement> parts;
    bool operator==(const Group&) const = default;
};

/// Each part on the day of the one before or later. Of a thing that was done several times any one may be used.
/// Parts are statements, documents, trainings, exams, decisions, alternatives of these, and Happened.
struct InOrder {
    std::vector<Requirement> parts;
    Stated<bool> same_day; ///< whether two parts on one day are in order
    bool operator==(const InOrder&) const = default;
};

/// A day of the step itself ("applying") as a part of an order: met once it has come.
struct Happened {
    DayExpression day;
    bool operator==(const Happened&) const = default;
};

/// if / then / otherwise. Parts: condition, then, otherwise (the last may be missing: then it is not applicable).
struct Conditional {
    std::vector<Requirement> parts;
    bool operator==(const Conditional&) const = default;
};

struct AgeRule {
    Bound years;
    DayExpression measured_at;
    Stated<LeapDay> leap_day;
    bool operator==(const AgeRule&) const = default;
};

/// What it means that nothing at all is recorded about a fact. `open`: nobody has looked, so somebody has to.
enum class Absence : std::uint8_t { unmet, open, met };

/// Something is on record: a course completed, a statement made, a document, a fact, a competency shown.
struct HasEntries {
    EntryKind kind{EntryKind::attestation};
    std::vector<std::string> codes; ///< all of them
    Selection selection;
    std::optional<Span> held_for; ///< for facts: at least so long in all, up to the asked day or inside `dated`
    /// How the length is reached: in all (breaks or not), in one stretch up to the last day that counts, or in any one
    /// stretch. A stretch of months that begins on 29 February ends as `leap_day` says.
    enum class Run : std::uint8_t { in_all, up_to_the_day, once } run{Run::in_all};
    Stated<LeapDay> leap_day{Knowing::stated, LeapDay::february_28};
    Absence absent{Absence::unmet};
    bool operator==(const HasEntries&) const = default;
};

/// Every named part passed, or, when `together` is there, their weighted mean (the best score of each) reaching it. A
/// mark that is `none` means "as the examiner says" (the entry's own result).
struct Passed {
    std::vector<std::string> parts;
    Stated<Amount> mark; ///< hundredths of a percent or point, inclusive; not looked at beside `together`
    std::optional<std::int64_t> together; ///< hundredths, inclusive
    bool in_points{false}; ///< what mark, or together, counts: points of the exam's own scale, or percent
    /// One a part, positive. Nothing said: met (unmet) only if it is so with any weights.
    Stated<std::vector<int>> weights;
    Selection selection;
    bool operator==(const Passed&) const = default;
};

struct Attempts {
    std::vector<std::string> parts; ///< empty: any part
    bool each_part{false};          ///< the limit holds for every named part by itself
    Stated<int> at_most;
    std::optional<Window> counted; ///< absent: ever
    std::optional<Span> pause;     ///< least time between two attempts; that many full days later is allowed
    Stated<bool> no_show_counts;
    /// After so many tries the body decides a question (its text names the decision) before the next one.
    struct Hurdle {
        int tries{0};
        std::string question;
        bool operator==(const Hurdle&) const = default;
    };
    std::vector<Hurdle> after; ///< by number of tries
    std::string counted_in;    ///< a calendar of the edition: only tries in the period of the asked day; or empty
    std::string when_used_up;  ///< step or decision that opens the way again, in the edition's words; empty: none said
    bool operator==(const Attempts&) const = default;
};

/// One disjoint piece of an "adds up from", or one part of "of which".
struct Part {
    std::string name;
    Selection selection; ///< for "of which" usually just the word equal to the name
    Bound bound;         ///< minimum and cap
    /// Minimum and cap as hundredths of a percent of what is required or of what is claimed: what counts once every
    /// fixed minimum and cap, but no share of what is claimed, is kept. Minimums are rounded up, caps down.
    std::optional<std::int64_t> share_at_least;
    std::optional<std::int64_t> share_at_most;
    enum class ShareOf : std::uint8_t { required, claimed } share_of{ShareOf::required};
    Knowing minimum{Knowing::stated}; ///< open: there may be one, nobody knows how much
    std::string inside;               ///< name of the part this one is nested in; empty: directly in the total
    std::string fact; ///< a piece that is a fact instead of entries: this fact, in the window of the selection ...
    std::optional<Span> held_for;      ///< ... for at least so long in all
    std::optional<std::int64_t> worth; ///< what such a piece is worth once it holds
    /// What each hour of a piece is worth, in hundredths of a percent; the piece's sum is rounded down to a minute.
    std::optional<std::int64_t> weight;
    bool operator==(const Part&) const = default;
};

/// "for every 25 h of practice hours": the bound is asked once for each such amount of another clause of the step.
struct ForEvery {
    std::int64_t amount{0};   ///< positive
    Unit unit{Unit::minutes}; ///< the other clause's
    std::string clause;
    Stated<bool> a_part_asks_one_more; ///< whether a part of such an amount asks for one more (else for nothing)
    bool operator==(const ForEvery&) const = default;
};

/// "in each calendar month at least 2 times": asked of every week, month or quarter that lies wholly within the days
/// that count.
struct InEach {
    enum class Piece : std::uint8_t { week, month, quarter } piece{Piece::month};
    Bound bound;
    Stated<bool> week_begins_on_monday; ///< else on Sunday; for weeks only
    bool operator==(const InEach&) const = default;
};

enum class FirstRenewal : std::uint8_t { asked_in_full, not_before_first_full_term, not_asked, prorated };

/// A measured amount: practice, supervision, CE, training hours, times led.
struct Measure {
    EntryKind kind{EntryKind::ce};
    enum class Counter : std::uint8_t { sum, entries, distinct_codes } counter{Counter::sum};
    Bound bound;
    Selection selection;
    std::vector<Part> adds_up_from;   ///< disjoint pieces that are summed; empty: the selection itself
    std::vector<Part> of_which;       ///< parts with minimums and caps; allocation is exact, never greedy
    bool several_parts{false};        ///< one hour may count in several parts (else in one)
    bool surplus_in_total{true};      ///< what a part has over its minimum counts in the total
    Knowing surplus{Knowing::stated}; ///< open: both are judged
    Knowing total{Knowing::stated};   ///< open: the bound of the whole is not known, only what parts ask
    std::string own_unit;             ///< the edition's unit that the bound is written in; empty: hours, times
    std::int64_t own_unit_size{0};    ///< minutes that one of it is
    std::optional<Stated<FirstRenewal>> first_renewal; ///< mandatory in CE of a renewal
    std::optional<Stated<Amount>> carry_over;          ///< mandatory in CE of a renewal
    std::optional<Span> own_clock; ///< "every 6 years": the amount at least once in the span that ends on the term's
                                   ///< last day (asked later: on that day), both ends included
    std::optional<Stated<bool>> counts_in_total; ///< mandatory on a second CE clause
    std::optional<Span> every;                   ///< no calendar stretch of this length without an entry
    std::optional<InEach> in_each;
    std::string no_gap_when;              ///< fact that excuses a stretch, or a week or month that lies wholly in it
    std::optional<int> from_at_least;     ///< so many different courses among the entries that the selection takes
    bool from_different_providers{false}; ///< of one provider one entry counts; only beside Counter::entries
    std::optional<std::int64_t> each_at_least; ///< an entry below it counts for nothing
    std::optional<std::int64_t> whole;         ///< each entry counts in whole units of this size
    std::optional<ForEvery> for_every;
    bool for_each_year{false};    ///< the bound once for each year of the term asked for
    std::int64_t minutes_each{0}; ///< 0.1 CEU etc. are converted on entry; kept for display
    bool operator==(const Measure&) const = default;
};

/// Another credential, or another level of this one, is in force on a day (issued terms only: judging never loops).
struct HoldsCredential {
    std::string track; ///< empty: this one
    std::string level; ///< empty: any
    DayExpression on;
    std::optional<Span> held_for;
    bool good_standing{false}; ///< and nothing against it: no fact "complaint pending" on record for that day
    bool operator==(const HoldsCredential&) const = default;
};

/// A person or board decides; until an entry of kind decision with this clause's name is there, it is open.
struct BodyDecides {
    std::string question;
    bool operator==(const BodyDecides&) const = default;
};

/// A named meaning of the edition ("approved supervisor").
struct UseMeaning {
    std::string name;
    bool operator==(const UseMeaning&) const = default;
};

/// A kind that a plugin brings, with what the file hands to it.
struct PluginRule {
    std::string kind;
    Parameters parameters;
    bool operator==(const PluginRule&) const = default;
};

/// There must be a rule here, and nobody has found it.
struct NotKnown {
    Knowing knowing{Knowing::unknown};
    bool operator==(const NotKnown&) const = default;
};

/// Met while the asked day lies within these days: the sunset of a rule, or of one way to meet it.
struct AskedOn {
    DayRange days;
    bool applying{false}; ///< it is the day of applying that decides
    bool operator==(const AskedOn&) const = default;
};

using RequirementBody = std::variant<Group, InOrder, Happened, Conditional, AgeRule, HasEntries, Passed, Attempts,
                                     Measure, HoldsCredential, BodyDecides, UseMeaning, PluginRule, NotKnown, AskedOn>;

struct Requirement {
    std::string name; ///< the clause's name; made from its kind when the author gave none
    std::string word; ///< the surface word it starts with, for findings
    std::string see;  ///< source mark, inherited downwards by the reader
    std::string note;
    std::string place; ///< file:line:column
    RequirementBody body;
    std::vector<Requirement> unless; ///< empty or one: when it is met, this clause is not applicable
    bool operator==(const Requirement&) const = default;
};

/// The clauses written inside a clause (of a group, an order, an "if"), in file order; its `unless` is not among them.
inline std::span<const Requirement> parts_of(const Requirement& clause) {
    if (const auto* group = std::get_if<Group>(&clause.body))
        return group->parts;
    if (const auto* order = std::get_if<InOrder>(&clause.body))
        return order->parts;
    if (const auto* choice = std::get_if<Conditional>(&clause.body))
        return choice->parts;
    return {};
}

} // namespace peercert
