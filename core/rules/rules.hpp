#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/edition.hpp>
#include <peercert/finding.hpp>
#include <peercert/kinds.hpp>
#include <peercert/record.hpp>

/// Pure judgement: an edition, a person's record and a day make a verdict. No clock, no I/O, no locale, no floating
/// point; the same input gives the same answer years later.
namespace peercert::rules {

struct Compiled; // program.hpp, private to this room

/// Where judging starts in a Program. Cheap to copy; belongs to the Program that made it.
struct Goal {
    std::uint32_t first{0};
    std::uint32_t root{0};
    Symbol level{Symbol::none}; ///< whose present term "expiry" and "in the term" mean; none: the latest of the track
    bool operator==(const Goal&) const = default;
};

/// An edition made ready for judging. Immutable: any number of threads may judge with it.
class Program {
public:
    /// Throws Error{invalid_input} with file:line:column when the edition names a kind, clock, meaning, level or part
    /// that nothing defines, when a meaning uses itself, or when a plugin refuses its parameters.
    Program(std::shared_ptr<const Edition> edition, const Kinds& kinds, Vocabulary& words);
    ~Program();
    Program(Program&&) noexcept;
    Program& operator=(Program&&) noexcept;

    const Edition& edition() const noexcept;
    /// Whether any rule asks what decisions have used up: if not, `Record::uses` may be left out.
    bool reads_uses() const noexcept;
    /// Whether a plugin sees the record: if not, session and cohort of an entry may be left out while no single cohort
    /// is asked about.
    bool reads_places() const noexcept;
    /// The kinds of entries that can matter for a goal, as bits (1 << EntryKind): entries of other kinds may be left
    /// out of a record, and the verdict is the same.
    std::uint16_t kinds_read(Goal goal) const;
    /// The same for a step on any day: of a renewal also those of coming back late.
    std::uint16_t kinds_read(Step::Verb verb, std::string_view level) const;

    /// These throw Error{not_found} naming the nearest known name.
    Goal step(Step::Verb verb, std::string_view level) const;
    /// Renewal of `level` while the rung number `rung` (from 0) of "after expiry" lasts.
    Goal coming_back(std::string_view level, std::size_t rung) const;
    Goal meaning(std::string_view name) const;
    /// Holds the level on the asked day, and what keeps it current is met.
    Goal level(std::string_view name) const;
    Goal completion(std::string_view format) const;
    /// The needs of the outcome number `which` (from 0) of a group; throws Error{not_found} where there is none.
    Goal outcome(std::string_view format, std::size_t which) const;
    /// What has to stay true while the level is held; nothing when nothing has to.
    std::optional<Goal> eligibility(std::string_view level) const;

    const Compiled& compiled() const noexcept { return *compiled_; }

private:
    std::unique_ptr<const Compiled> compiled_;
};

/// The term that a renewal is about. `number` counts the terms at this level.
struct PresentTerm {
    int number{1};
    Date first{};
    std::optional<Date> last;
    bool operator==(const PresentTerm&) const = default;
};

/// One session that a cohort held or will hold.
struct HeldSession {
    std::int64_t id{0};
    Date day{};
    Minutes length{0}; ///< 0: nobody has said how long it lasts
    Symbol unit{Symbol::none};
};

/// On which day, and around which events, the question is asked. Absent days are found in the record or are `as_of`.
struct Situation {
    Date as_of{};                      ///< entries after this day count for nothing
    std::optional<Date> applying{};    ///< absent: as_of
    std::optional<Date> issue{};       ///< absent: as_of
    std::optional<Date> passing{};     ///< absent: the day on which the last exam part of the record was passed
    std::optional<PresentTerm> term{}; ///< absent: the latest term in the record at the goal's level begun by as_of
    std::optional<Date> approval{};    ///< absent: as the record has it (a decision "TRACK/approval"), if it has
    std::optional<Span> term_asked{};  ///< how long a term the holder asks for, where they choose; absent: not said
    std::int64_t cohort{0};            ///< not 0: of attendance only this cohort's counts (completion)
    /// The sessions of that cohort; empty: hours held are taken from the edition's plan.
    std::span<const HeldSession> sessions{};
};

/// The code of the decision by which an application of that track was approved to go on.
inline std::string approval_code(std::string_view track) { return std::string(track) + "/approval"; }

/// Room to think in, reused from one person to the next so that judging allocates nothing. One per thread.
class Workspace {
public:
    Workspace();
    ~Workspace();
    Workspace(Workspace&&) noexcept;
    Workspace& operator=(Workspace&&) noexcept;
    struct State;
    State& state() noexcept { return *state_; }

private:
    std::unique_ptr<State> state_;
};

/// The answer alone. `record.entries` are sorted by (last day, id). Throws Error{plugin_failure} when a plugin's kind
/// throws or answers nonsense: nobody is eligible by accident.
Verdict judge(const Program&, Goal, const Record&, const Situation&, Workspace&);
Verdict judge(const Program&, Goal, const Record&, const Situation&);

/// The same answer with its reasons. `holds_until` and "met by waiting" look at most twelve years ahead.
Finding explain(const Program&, Goal, const Record&, const Situation&, Workspace&);
Finding explain(const Program&, Goal, const Record&, const Situation&);

/// How taking part in a group ended: the first of its outcomes whose needs are met. Open when one before it is.
struct OutcomeAnswer {
    Verdict verdict{Verdict::unmet()}; ///< met: `called` is the outcome
    std::string called;                ///< empty: open, or none of them
    Finding finding;                   ///< of the outcome that decides
};
OutcomeAnswer outcome(const Program&, std::string_view format, const Record&, const Situation&);

/// The stretches of days within from..until on which the goal passes, if nothing recorded later than each day counts on
/// it. Used for "on which days was this person an approved supervisor?"; store the stretch around the day relied on.
std::vector<DayRange> days_met(const Program&, Goal, const Record&, const Situation&, Date from, Date until);

} // namespace peercert::rules
