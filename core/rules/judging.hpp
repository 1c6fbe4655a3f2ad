#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "rules/program.hpp"
#include "rules/verdicts.hpp"

/// One judgement under way: the person's entries made ready, the days the question hangs on, and the leaves' functions.
/// Every leaf answers twice from the same code: with `note` null only the verdict, else also its reasons. Private.
namespace peercert::rules {

struct Row {
    Day first{0};
    Day last{0};
    std::int64_t amount{0};
    Words words;
    EntryKind kind{EntryKind::fact};
    EntryResult result{EntryResult::none};
    Symbol code{Symbol::none};
    Symbol provider{Symbol::none};
    const Entry* entry{nullptr};
};

/// A window on real days. Both ends inclusive.
struct Days {
    enum class Kind : std::uint8_t { there, empty, not_begun } kind{Kind::there};
    Day from{first_day};
    Day until{last_of_days};
    /// Narrower where a bound hangs on closed days that no calendar lists: outside these an entry counts only perhaps.
    Day surely_from{first_day};
    Day surely_until{last_of_days};
};

/// What a filter says of one entry.
struct Look {
    enum class Take : std::uint8_t { settled, possible, refused } take{Take::settled};
    RefusalReason reason{RefusalReason::wrong_category}; ///< for possible and refused
    bool operator==(const Look&) const = default;
};

/// One entry's part in a measure, kept while it is added up.
struct Share {
    const Row* row{nullptr};
    Look look;
    std::int64_t amount{0}; ///< as it counts
    std::int64_t full{0};   ///< as it was before it was weighed
    std::uint32_t piece{none};
    std::uint32_t mask_low{0};
    std::uint32_t mask_high{0};
    RefusalReason unsure{RefusalReason::spans_edge}; ///< why the masks differ
};

struct Workspace::State {
    std::vector<Row> rows; ///< by kind, within a kind in ledger order
    std::array<std::uint32_t, 13> kind_start{};
    std::vector<Days> windows;
    std::vector<std::uint8_t> window_known;
    std::vector<Bits> verdicts; ///< by node, from the goal's first on
    std::vector<Share> shares;
    std::vector<Pool> pools;
    std::vector<std::uint32_t> pool_of; ///< of each share
    std::vector<Bucket> buckets;
    std::vector<std::int64_t> minimums; ///< of each part, as asked now
    std::vector<std::int64_t> caps;
    std::vector<Symbol> seen;
    Allocation allocation;
    Record own_attendance; ///< what a plugin sees when only one cohort counts
};

struct Judging {
    const Compiled& program;
    Goal goal;
    const Record& record;
    const Situation& situation;
    Workspace::State& state;

    Day as_of{0};
    Day applying{0};
    Day issue{0};
    std::optional<PresentTerm> term;
    std::uint32_t exceptions{0}; ///< bits of those that cover this person on this day

    Judging(const Program&, Goal, const Record&, const Situation&, Workspace&);

    std::span<const Row> rows(EntryKind kind) const {
        const auto at = static_cast<std::size_t>(kind);
        return {state.rows.data() + state.kind_start[at], state.kind_start[at + 1] - state.kind_start[at]};
    }
    Bits verdict(std::uint32_t node) const { return state.verdicts[node - goal.first]; }
    std::span<const std::uint32_t> parts(Children which) const {
        return {program.children.data() + which.first, which.count};
    }
    const std::string& text(Symbol word) const { return program.words->text(word); }

    /// Judges every node of the goal; the root's answer.
    Bits run();
    Bits leaf(const Node&, Finding* note);

    // windows.cpp
    /// The earliest day that it may be; `days_of` says up to which.
    std::optional<Day> day_of(const DayFormula&) const;
    std::optional<DaySpan> days_of(const DayFormula&) const;
    std::optional<Day> anchor_day(const DayFormula&) const; ///< before the shift
    std::optional<Day> passing_day() const;
    std::optional<Day> together_day(const Passed&) const;
    std::optional<Day> approval_day() const;
    std::optional<HeldTerm> previous_term() const;
    std::optional<DaySpan> days_made_of(const DayFormula&) const; ///< before the shift
    Days window(std::uint32_t number);
    Days resolve(const WindowFormula&) const;

    // filter.cpp
    Look look(const Filter&, const Row&, bool splits, const Days* instead = nullptr);
    enum class Hold : std::uint8_t { never, partly, always };
    Hold held(Symbol track, Symbol level, Date first, Date last) const;
    std::string detail(const Filter&, RefusalReason);
    /// Whether a decision on record relied on the entry; `words_too`: and its words are those of the rule.
    bool is_used(const NotUsed&, const Row&, bool words_too) const;
    /// Whether the entry's provider sent the letter; pending letters are possible.
    Look::Take letter_of(const Filter&, const Row&) const;

    /// How an attempt came out: with a figure, the edition's mark decides; a bare result is taken as the examiner's.
    EntryResult result_of(const Row& attempt) const;
    EntryResult marked_by(const Row& attempt, const Passed&) const;

    // leaves
    Bits age(const AgeNode&, Finding* note);
    Bits in_order(const InOrderNode&, Finding* note);
    Bits happened(const HappenedNode&, Finding* note);
    Bits has(const HasNode&, Finding* note);
    Bits has_one(const HasNode&, Symbol code, Finding* note);
    Bits fact(Symbol code, const Filter&, const std::optional<HeldFor>& held_for, Absence, Finding* note);
    Bits passed(const PassedNode&, Finding* note);
    Bits passed_together(const PassedNode&, Finding* note);
    Bits attempts(const AttemptsNode&, Finding* note);
    Bits attempts_at(const AttemptsNode&, std::span<const Symbol> tried, Finding* note);
    std::optional<Days> period_of(const AttemptsNode&, std::span<const Symbol> tried, Finding* note) const;
    Bits hurdles(const AttemptsNode&, std::span<const Symbol> tried, Finding* note) const;
    Bits measure(const MeasureNode&, Finding* note);
    Bits holds(const HoldsNode&, Finding* note);
    Bits no_complaint(const HoldsNode&, Day on, Finding* note) const;
    Bits decision(const DecisionNode&, Finding* note);
    Bits plugin(const PluginNode&, Finding* note);
    Bits present_term(Finding* note);
    Bits renewals(const RenewalsNode&, Finding* note);
    Bits filing(const FilingNode&, Finding* note);
    Bits still_open(const StillOpenNode&, Finding* note);

    // attendance.cpp
    Bits missed(const MissedNode&, Finding* note);
    Bits unit(const UnitNode&, Finding* note);

    void note_window(const WindowFormula&, const Days&, Finding&) const;
    void note_day(const DayFormula&, std::string_view name, Finding&) const;
};

std::string_view anchor_name(Anchor);

/// Whether the weighted mean of the scores, one a part, reaches the mark; with unknown weights, whatever they are.
bool reach_together(const Passed&, std::span<const std::int64_t> scores);

/// The word of a level of the edition. Throws Error{not_found} naming the nearest one.
Symbol level_word(const Program&, std::string_view level);

/// The terms that the record holds of a track, at one level or (Symbol::none) at any, in order of their first day.
std::vector<HeldTerm> terms_of(const Record&, Symbol track, Symbol level);

} // namespace peercert::rules
