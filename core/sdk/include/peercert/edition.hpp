#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <peercert/requirement.hpp>

namespace peercert {

enum class Confidence : std::uint8_t { verified, verified_old, secondary, recalled, our_reading, not_found };

struct Source {
    std::string mark;
    std::string what;
    std::string as_of; ///< when it was read, as written (a year, a month or a day)
    Confidence confidence{Confidence::recalled};
    bool operator==(const Source&) const = default;
};

struct Fee {
    std::string name; ///< "application", "renewal", "late"
    Stated<std::int64_t> cents;
    std::string see;
    std::vector<Requirement> asked_when;  ///< empty or one: asked only of whom it is met by
    std::vector<Requirement> waived_when; ///< empty or one: not asked of whom it is met by
    /// Asked once for each month since this day; the day itself is in none of them.
    std::optional<DayExpression> each_month_after;
    Stated<bool> a_part_counts; ///< whether a month that has begun and is not over counts, beside that
    bool operator==(const Fee&) const = default;
};

/// How long a level lasts and when its terms end. `clock` names a built-in clock (anniversary, birthday, fixed day,
/// month end, month start, calendar year, regime, unchanged, no end) or one of a plugin ("state_tracks:parity");
/// parameters are that clock's own.
struct Lasts {
    std::string clock;
    Parameters parameters;
    std::optional<Span> term;
    /// Unless stated, nobody found how long a term is: then there is no `term` and no clock.
    Knowing term_known{Knowing::stated};
    std::vector<Span> chosen; ///< terms the holder chooses from; then `term` is absent
    /// Tracks whose latest certification this one follows, and that follow this one's.
    std::vector<std::string> aligned_with;
    std::optional<DayExpression> shown_until; ///< the day up to which a public register shows it; never a yes
    std::optional<int> renewals_at_most;      ///< in all, gaps or not
    std::string see;
    bool operator==(const Lasts&) const = default;
};

struct Filing {
    Stated<DayExpression> opens;
    Stated<DayExpression> until;
    Stated<std::string> filed_means; ///< postmark | receipt | complete file
    Stated<std::string> closed_day;  ///< what a closed day does
    std::string see;
    /// What filing after `until` is: none: too late; otherwise nobody found what it is.
    Knowing filed_late{Knowing::none};
    std::string closed_days; ///< calendar that says which days are closed; empty: none named
    bool operator==(const Filing&) const = default;
};

/// Days on which an authority is closed, as it published them. A year outside `years` is not known.
struct ClosedDays {
    std::string name;
    std::vector<unsigned> weekdays; ///< closed every week: 0 Sunday .. 6 Saturday
    std::vector<int> years;         ///< the years whose days are all listed
    struct Day {
        Date day{};
        std::string called;
        bool operator==(const Day&) const = default;
    };
    std::vector<Day> days;
    std::string see;
    bool operator==(const ClosedDays&) const = default;

    bool knows(Date day) const {
        for (const int year : years)
            if (std::chrono::year{year} == day.year())
                return true;
        return false;
    }
    /// Only for a day of a year that is known.
    bool is_closed(Date day) const {
        const unsigned weekday = std::chrono::weekday{std::chrono::sys_days{day}}.c_encoding();
        for (const unsigned one : weekdays)
            if (one == weekday)
                return true;
        for (const Day& one : days)
            if (one.day == day)
                return true;
        return false;
    }
};

/// One thing a person can ask for: become a level, renew it, extend it.
struct Step {
    enum class Verb : std::uint8_t { become, renew, extend, add, transfer } verb{Verb::become};
    std::string level;
    std::vector<std::string> coming_from; ///< levels of this track, one of which must be in force; empty: none needed
    std::optional<Filing> filing;
    Requirement needs;     ///< an "all of"
    std::vector<Fee> fees; ///< add up
    /// Last day on which the application can still be granted; while the day it hangs on is absent, it stays open.
    std::optional<DayExpression> stays_open;
    Stated<std::string> when_closed;      ///< what a closed application leaves: "a new application"
    std::vector<std::string> flags;       ///< facts recorded with the decision that grants it, from its day on
    std::optional<Span> decided_within;   ///< the body's own time to decide; for reports, never judged
    bool decided_in_business_days{false}; ///< that many days of it are business days
    std::string place;
    bool operator==(const Step&) const = default;
};

/// What something is called, by day.
struct Titled {
    std::string called;
    DayRange dated; ///< when this is the right word
    bool operator==(const Titled&) const = default;
};

/// One stretch after the last day of a term. A rung starts the day after the one above ends.
struct Rung {
    enum class Until : std::uint8_t { day, printed, no_limit, unknown } until_kind{Until::no_limit};
    DayExpression until; ///< inclusive; for Until::day
    std::string
        printed; ///< for Until::printed: month and day as printed ("August 31"), of the year the arithmetic falls in
    std::string arithmetic;                      ///< what arithmetic would say, in the author's words
    std::string called;                          ///< status word shown to people
    std::vector<Titled> called_by_day;           ///< when the word itself changes by day; `called` is then the first
    Stated<std::vector<std::string>> holder_may; ///< purposes; none: nothing
    std::optional<Requirement> to_come_back;     ///< absent: as the renewal asks
    bool only_to_come_back{false}; ///< true: `to_come_back` replaces the renewal's needs; false: adds to them
    std::vector<Fee> fees;         ///< the whole fee of this rung
    std::string decides;           ///< a question only the body can answer about this rung
    std::string see;
    bool operator==(const Rung&) const = default;

    const std::string& called_on(Date day) const {
        for (const Titled& one : called_by_day)
            if (one.dated.contains(day))
                return one.called;
        return called;
    }
};

/// "may bill Medicaid": what a holder may do, and what only others can confirm.
struct Purpose {
    std::string name;
    std::vector<std::string> levels;             ///< any of
    std::optional<Window> dated;                 ///< literal days only
    std::vector<std::string> restriction_levels; ///< levels to which `restriction` applies
    std::string restriction;                     ///< "under an approved supervisor"
    std::vector<std::string> employer_confirms;  ///< facts outside the record, never answered by us
    std::string see;
    std::string not_known;           ///< what nobody found about it; then it is for others to decide
    bool needs_good_standing{false}; ///< not while a complaint is on record as pending
    enum class Shown : std::uint8_t { not_said, everyone, with_consent, nobody } shown_to{Shown::not_said};
    bool operator==(const Purpose&) const = default;
};

/// A dated exception for a named audience (an emergency extension).
struct ExceptionRule {
    std::string name;
    std::string cohort_fact; ///< people with this fact on record
    DayRange dated;
    std::optional<Date> last_day; ///< their term then ends on this day ...
    /// ... whatever the clock says, or only where that is later (prolongs) or earlier (shortens) than the clock's day.
    enum class ThatDay : std::uint8_t { replaces, prolongs, shortens } that_day{ThatDay::replaces};
    /// Whether the days after expiry are counted from the end of the exception, or run on underneath it.
    enum class Ladder : std::uint8_t { goes_on, begins_after, not_said } ladder{Ladder::goes_on};
    std::vector<std::string> clauses_waived; ///< clause names not asked, once
    bool fee_waivable{false};
    std::string see;
    std::string note;
    bool operator==(const ExceptionRule&) const = default;
};

/// A level of a track or curriculum.
struct Level {
    std::string name;
    std::vector<std::string> may;
    std::vector<std::string> may_not;
    std::string why_not;                       ///< the kind sentence behind `may_not`
    std::optional<Requirement> stays_current;  ///< what keeps it current on a day; absent: nothing beyond the term
    std::optional<Requirement> eligible_while; ///< what has to stay true while it is held; absent: nothing
    enum class NoLonger : std::uint8_t { not_said, keeps_to_expiry, ends } when_no_longer_eligible{NoLonger::not_said};
    std::optional<Lasts> lasts;
    std::string see;
    bool operator==(const Level&) const = default;
};

/// A way of running a curriculum.
struct Format {
    std::string name;
    std::optional<Bound> size; ///< people
    std::optional<int> sessions;
    Minutes session_length{0};
    Minutes content_at_least{0};    ///< of the whole
    std::vector<std::string> units; ///< named units in their order
    std::vector<std::vector<std::string>>
        led_by;                            ///< one slot a leader: any of these levels, current on the session's day
    std::string led_by_invitation;         ///< "anyone the author invites": no credential is asked
    std::optional<Requirement> completion; ///< what someone must have to have completed it; absent: nothing is asked
    std::optional<int> learners_for_each_leader;
    bool others_may_lead_along{false}; ///< leaders beyond the slots need no level
    /// Minutes one may miss of the whole (lateness counts); absent: not asked this way.
    std::optional<Minutes> missed_at_most;
    std::vector<std::string> never_missed; ///< units one has to be at from beginning to end
    Stated<std::string> made_up_by;        ///< "next round", "make-up session"; none: nothing makes it up
    /// How it can end, best first: the first whose needs are met (the last one may ask nothing).
    struct Outcome {
        std::string called;
        std::optional<Requirement> needs;
        bool operator==(const Outcome&) const = default;
    };
    std::vector<Outcome> outcomes;
    std::string completion_word;   ///< course code of the training entry that completion makes; empty: none
    std::string gives;             ///< what those who completed it are given, in the author's words
    bool keeps_no_register{false}; ///< attendance and membership must be refused
    std::vector<std::string> never_recorded;
    std::string see;
    bool operator==(const Format&) const = default;

    /// Whether completing it asks for anything.
    bool asks_for_completion() const { return completion || missed_at_most || !never_missed.empty(); }
    /// The hours of the whole as the file has them; 0: it does not say.
    Minutes held_by_plan() const {
        return content_at_least.count() > 0 ? content_at_least : session_length * sessions.value_or(0);
    }
};

struct Competency {
    std::string code;
    std::string label;
    std::string parent;
    std::string confidence;
    bool operator==(const Competency&) const = default;
};

/// A rating scale of a framework: words from lowest to highest; the ones in `counts` mean "shown". "not observed" says
/// nothing about a person and "not yet" is never held against one: both can be recorded whether the scale lists them.
struct Scale {
    std::vector<std::string> words;
    std::vector<std::string> counts;
    /// What a rating looks like when it is seen, in the words of whoever made the scale.
    struct Anchor {
        std::string word;
        std::string looks_like;
        bool operator==(const Anchor&) const = default;
    };
    std::vector<Anchor> anchors; ///< in the order of `words`; a word may have none
    std::string see;
    bool operator==(const Scale&) const = default;
};

/// Who may sign a competency of this curriculum off.
struct SignOffRule {
    std::vector<std::string> levels;  ///< assessor holds any of these, current on the day observed
    std::vector<std::string> issuers; ///< codes of organizations, one of which issued it; empty: any
    int assessors{1};
    bool different_organizations{false}; ///< no two assessors lead for the same organization on that day
    std::vector<std::string> methods;    ///< accepted ways of observing; empty: any
    int enter_within_days{14};           ///< later entry needs a stated reason
    std::string see;
    bool operator==(const SignOffRule&) const = default;
};

/// A unit of the edition's own ("CEU"), in minutes; absent: entries written in it are refused.
struct OwnUnit {
    std::string name;
    std::optional<std::int64_t> minutes;
    bool operator==(const OwnUnit&) const = default;
};

/// A word of an earlier edition and the one it is read as; empty: nobody has decided, so amounts stay open.
struct OlderWord {
    std::string old;
    std::string now;
    bool operator==(const OlderWord&) const = default;
};

/// Named periods of a body ("academic term"), in order, never overlapping.
struct Calendar {
    std::string name;
    std::vector<DayRange> periods;    ///< both days given
    Knowing knowing{Knowing::stated}; ///< open: there are periods, nobody knows which
    bool operator==(const Calendar&) const = default;
};

/// One version of a curriculum, framework or track: everything a file says. Immutable once something relied on it.
struct Edition {
    enum class Kind : std::uint8_t { curriculum, track, framework } kind{Kind::curriculum};
    /// Who is looked at. Staff learn as an organization: their completions add up to something it can show, and lived
    /// experience is never asked. An instrument about organizations is never used on a person.
    enum class About : std::uint8_t { people, organization_staff, organizations } about{About::people};
    std::string code;    ///< "wi-cps"
    std::string edition; ///< "2024"; "1" when the author gave none
    std::vector<Titled> titles;
    std::string public_title; ///< generic title for people who do not want the full one shown; may be empty
    std::string author;
    std::string licence;
    std::string given_by;
    std::string zone; ///< IANA; empty for a peer's own course: then the installation's
    Stated<Date> in_force_from;
    std::optional<Date> in_force_until; ///< inclusive; absent: further notice
    bool in_force_until_unknown{false}; ///< it ended, or will end, on a day that nobody found
    std::string chosen_by;              ///< event whose day selects the edition: applying, deadline, first session ...
    std::string replaces;               ///< edition it supersedes
    /// Up to this day (of the event that chooses) somebody may ask for the edition this one replaces.
    std::optional<Date> may_choose_older_until;
    enum class Register : std::uint8_t { not_said, open, with_consent, restricted } public_register{Register::not_said};
    std::string register_see;
    std::string followed_by;       ///< code of the track that took the place of this one; empty: none
    std::vector<std::string> uses; ///< plugins whose words it uses
    std::vector<Level> levels;
    std::vector<Step> steps;
    std::vector<Requirement> meanings; ///< by their name
    std::vector<Rung> after_expiry;
    std::string after_expiry_see;
    std::vector<Purpose> purposes;
    std::vector<ExceptionRule> exceptions;
    std::vector<ClosedDays> closed_days;
    std::string business_days; ///< the one of them by which business days are counted; empty: none named
    std::vector<Format> formats;
    std::vector<Competency> competencies;
    Scale scale;
    std::optional<SignOffRule> sign_off;
    std::vector<std::string> never_recorded;
    std::vector<std::string> courses; ///< course words this edition defines or accepts
    std::vector<std::string> topics;  ///< CE topics and other words this edition knows
    std::vector<OwnUnit> units;
    std::vector<OlderWord> older_words;
    std::vector<Calendar> calendars;
    std::vector<Source> sources;
    std::string note;

    std::string origin;    ///< "plugin wrap" or "local"
    std::string file;      ///< path as the reader was given it
    std::string digest;    ///< SHA-256 of `full_text`, hex
    std::string full_text; ///< the file as read (resolved, when it is based on another)

    const Level* level(std::string_view name) const {
        for (const Level& one : levels)
            if (one.name == name)
                return &one;
        return nullptr;
    }
    const Step* step(Step::Verb verb, std::string_view level_name) const {
        for (const Step& one : steps)
            if (one.verb == verb && one.level == level_name)
                return &one;
        return nullptr;
    }
    const OwnUnit* unit(std::string_view name) const {
        for (const OwnUnit& one : units)
            if (one.name == name)
                return &one;
        return nullptr;
    }
    const Calendar* calendar(std::string_view name) const {
        for (const Calendar& one : calendars)
            if (one.name == name)
                return &one;
        return nullptr;
    }
    const Format* format(std::string_view name) const {
        for (const Format& one : formats)
            if (one.name == name)
                return &one;
        return nullptr;
    }
    /// The title in use on a day; the first one when none is dated to it.
    const std::string& title_on(Date day) const {
        for (const Titled& one : titles)
            if (one.dated.contains(day))
                return one.called;
        return titles.front().called;
    }
};

} // namespace peercert
