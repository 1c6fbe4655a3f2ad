#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <peercert/date.hpp>
#include <peercert/id.hpp>

/// What a judgement answers. Data, not prose: words in English or Spanish are made only when someone reads it.
namespace peercert {

/// The outcomes still possible for one requirement. One of them: settled. Several: somebody has to decide.
class Verdict {
public:
    enum Outcome : std::uint8_t { met_bit = 1, unmet_bit = 2, not_applicable_bit = 4 };
    static constexpr Verdict met() { return Verdict{met_bit}; }
    static constexpr Verdict unmet() { return Verdict{unmet_bit}; }
    static constexpr Verdict not_applicable() { return Verdict{not_applicable_bit}; }
    static constexpr Verdict open() { return Verdict{met_bit | unmet_bit}; }
    static constexpr Verdict of(std::uint8_t bits) { return Verdict{bits}; }

    constexpr std::uint8_t bits() const { return bits_; }
    constexpr bool is_settled() const { return bits_ == met_bit || bits_ == unmet_bit || bits_ == not_applicable_bit; }
    constexpr bool is_met() const { return bits_ == met_bit; }
    constexpr bool is_unmet() const { return bits_ == unmet_bit; }
    constexpr bool is_not_applicable() const { return bits_ == not_applicable_bit; }
    /// At a root: nothing unmet is possible any more.
    constexpr bool passes() const { return (bits_ & unmet_bit) == 0; }
    constexpr bool operator==(const Verdict&) const = default;

private:
    constexpr explicit Verdict(std::uint8_t bits) : bits_(bits) {}
    std::uint8_t bits_;
};

/// In what an amount is counted. Exact integers only.
enum class Unit : std::uint8_t { minutes, count, days, months, years, hundredths, cents, none };

enum class RefusalReason : std::uint8_t {
    before_start,       ///< dated before the window opens
    after_end,          ///< dated after the window closes
    after_asked_day,    ///< later than the day asked about
    spans_edge,         ///< crosses a window's edge: split it
    wrong_category,     ///< not of a kind that counts here
    excluded,           ///< of a kind the rule names as not counting
    not_at_level,       ///< the person did not hold the needed level that day
    no_authority,       ///< nobody entitled vouched for it
    authority_not_held, ///< who vouched was not entitled on that day
    over_cap,           ///< above what this part may count
    repeated,           ///< the same course again
    pending,            ///< waiting for approval or confirmation
    missing_field,      ///< the evidence lacks something the rule demands
    not_passed,         ///< recorded, without the result that counts
    used_elsewhere,     ///< consumed by another credential or an earlier decision
    word_undecided,     ///< carries a word of an earlier edition that nobody has assigned yet
    not_whole,          ///< less than the whole unit that counts
    too_short,          ///< shorter than an entry must be to count
    too_soon,           ///< before the pause that had to be kept was over
    day_not_known       ///< whether it lies inside hangs on closed days that no calendar lists
};

struct UsedEntry {
    EntryId entry;
    std::int64_t counted{0};
    std::int64_t of{0};
    std::string part; ///< the bucket it was counted in, if the rule has parts
    bool operator==(const UsedEntry&) const = default;
};

struct RefusedEntry {
    EntryId entry;
    std::int64_t amount{0};
    RefusalReason reason{RefusalReason::wrong_category};
    std::string detail; ///< the window's day, the level, the part: a word or date of the rule, never of the person
    bool operator==(const RefusedEntry&) const = default;
};

/// A day the judgement hung on, and where it came from ("expiry" 2025-10-31).
struct AnchorDay {
    std::string name;
    Date day{};
    bool operator==(const AnchorDay&) const = default;
};

/// What would help most, as a kind and its arguments.
struct NextStep {
    enum class Kind : std::uint8_t {
        nothing,    ///< it is met, or nothing can be done
        add_amount, ///< `amount` more of `what`
        do_it,      ///< `what` has to happen (take the course, sign the statement, sit the exam)
        wait_until, ///< it is met by waiting until `day`
        decision,   ///< somebody has to decide `what`
        confirm,    ///< a recorded thing waits for confirmation
        start_again ///< the way is closed; `what` opens it again
    };
    Kind kind{Kind::nothing};
    std::string what;
    std::int64_t amount{0};
    Unit unit{Unit::none};
    std::optional<Date> day;
    bool operator==(const NextStep&) const = default;
};

/// A clause's source as it stands in the edition.
struct SourceNote {
    std::string mark;       ///< short name within the file
    std::string what;       ///< the document or page
    std::string as_of;      ///< when it was read
    std::string confidence; ///< verified | verified but old | secondary | recalled | our reading | not found
    bool operator==(const SourceNote&) const = default;
};

/// One requirement's answer for one person on one day: a tree in the shape of the rule.
struct Finding {
    std::string clause; ///< its name in the edition ("continuing education")
    std::string kind;   ///< the word it starts with ("CE", "age", "any of", "wrap:components")
    Verdict verdict{Verdict::unmet()};
    std::optional<std::int64_t> have;      ///< settled amount
    std::optional<std::int64_t> have_most; ///< with what is pending; equals `have` when nothing is
    std::optional<std::int64_t> need;
    bool need_is_limit{false}; ///< `need` is an upper limit rather than a goal
    Unit unit{Unit::none};
    std::string own_unit;          ///< the edition's word for what amounts are told in ("credit"); empty: `unit`'s
    std::int64_t own_unit_size{0}; ///< how much of `unit` one of it is
    std::vector<UsedEntry> used;
    std::vector<RefusedEntry> refused;
    std::vector<AnchorDay> anchors;
    std::optional<Date> holds_until; ///< last day it still holds if nothing more is recorded; absent: no end in sight
    NextStep next;
    std::optional<SourceNote> source;
    std::string note;           ///< the edition's own remark on the clause
    std::string open_because;   ///< why it is open: "unknown", "nothing said", "pending", "decision"
    std::vector<Finding> parts; ///< deciding parts first in file order; for parts of a total, one per bucket
    bool operator==(const Finding&) const = default;
};

} // namespace peercert
