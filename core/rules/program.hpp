#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "rules/allocation.hpp"
#include "rules/days.hpp"
#include "rules/rules.hpp"

/// An edition after compiling: flat, with words as bits and windows by number. Private to this room.
namespace peercert::rules {

inline constexpr std::uint32_t none = 0xffffffff;

/// A set of the words that this edition's rules mention.
struct Words {
    static constexpr std::size_t most = 192;
    std::array<std::uint64_t, most / 64> bits{};

    void add(std::uint8_t word) { bits[word / 64U] |= std::uint64_t{1} << (word % 64U); }
    bool empty() const { return (bits[0] | bits[1] | bits[2]) == 0; }
    bool has_all(const Words& wanted) const {
        return ((bits[0] & wanted.bits[0]) == wanted.bits[0]) && ((bits[1] & wanted.bits[1]) == wanted.bits[1]) &&
               ((bits[2] & wanted.bits[2]) == wanted.bits[2]);
    }
    bool has_any(const Words& wanted) const {
        return ((bits[0] & wanted.bits[0]) | (bits[1] & wanted.bits[1]) | (bits[2] & wanted.bits[2])) != 0;
    }
    bool operator==(const Words&) const = default;
};

struct DayFormula {
    Anchor anchor{Anchor::asked};
    Day day{0}; ///< for Anchor::day
    Symbol word{Symbol::none};
    Shift shift;
    std::vector<DayFormula> of; ///< as in DayExpression
    int business_days{0};
    const ClosedDays* closed{nullptr}; ///< by which business days are counted
    bool operator==(const DayFormula&) const = default;
};

struct WindowFormula {
    std::optional<DayFormula> from;
    std::optional<DayFormula> until;
    bool from_excluded{false};
    bool until_excluded{false};
    WhenAbsent absent{WhenAbsent::guaranteed};
    bool operator==(const WindowFormula&) const = default;
};

/// What a decision of that track used up does not count, if it carries these words.
struct NotUsed {
    Symbol track{Symbol::none};
    Words only;
    Words any_of;
};

/// A length that a fact must have been held for.
struct HeldFor {
    Shift length;
    HasEntries::Run run{HasEntries::Run::in_all};
    Stated<LeapDay> leap_day{Knowing::stated, LeapDay::february_28};
};

/// What an entry must be to count: a few mask tests, a window, and states of the person or of who vouched.
struct Filter {
    Words only;
    Words any_of;
    Words excluded;
    Words readmitted;
    Words proof;
    std::vector<Symbol> courses;
    std::vector<Symbol> providers;
    Symbol while_level{Symbol::none};
    Symbol authority{Symbol::none};
    Symbol letter{Symbol::none};
    std::vector<NotUsed> not_used_by;
    std::uint32_t window{none};
    Selection::Repeats repeats{Selection::Repeats::allowed};
    const Selection* text{nullptr};
};

struct Children {
    std::uint32_t first{0};
    std::uint32_t count{0};
};

struct GroupNode {
    Group::Op op{Group::Op::all};
    int needed{0};
    Children parts;
};
struct InOrderNode {
    const InOrder* rule{nullptr};
    Children parts;
};
struct HappenedNode {
    DayFormula day;
};
struct ChoiceNode {
    std::uint32_t condition{none};
    std::uint32_t then{none};
    std::uint32_t otherwise{none};
};
struct UnlessNode {
    std::uint32_t clause{none};
    std::uint32_t exemption{none};
};
struct AgeNode {
    const AgeRule* rule{nullptr};
    DayFormula at;
};
struct HasNode {
    const HasEntries* rule{nullptr};
    std::vector<Symbol> codes;
    Filter filter;
};
struct PassedNode {
    const Passed* rule{nullptr};
    std::vector<Symbol> parts;
    Filter filter;
};
struct AttemptsNode {
    const Attempts* rule{nullptr};
    std::vector<Symbol> parts;
    std::uint32_t window{none};
    const Calendar* calendar{nullptr};
    std::vector<Symbol> hurdles; ///< of each `after`: the decision that it wants
};
struct Piece {
    Filter filter;
    Symbol fact{Symbol::none};
    std::optional<HeldFor> held_for;
    std::int64_t worth{0};
    std::int64_t at_most{no_cap};
    std::optional<std::int64_t> weight; ///< as in Part
};
/// A topic whose hours, by its own words or for want of them, may have to come on top of a total.
struct OnTop {
    std::uint32_t topic{none};
    std::uint32_t condition{none}; ///< "if" under which the topic is asked at all
};
struct MeasureNode {
    const Measure* rule{nullptr};
    Filter filter;
    std::vector<Piece> pieces;
    std::vector<Filter> part_filters;
    std::vector<Bucket> buckets;
    Symbol excuse{Symbol::none};
    std::vector<OnTop> on_top;
    std::uint32_t for_every{none}; ///< the measure whose amount multiplies the bound
};
struct HoldsNode {
    const HoldsCredential* rule{nullptr};
    Symbol track{Symbol::none};
    Symbol level{Symbol::none};
    DayFormula on;
    Symbol complaint{Symbol::none}; ///< fact that must not stand against it
};
struct DecisionNode {
    Symbol clause{Symbol::none};
};
struct PluginNode {
    const RequirementKind* kind{nullptr};
    const Parameters* parameters{nullptr};
};
struct AskedOnNode {
    const AskedOn* rule{nullptr};
};
struct NotKnownNode {
    Knowing knowing{Knowing::unknown};
};
/// Implicit in every renewal: there is a term to renew, and not too many were granted already.
struct PresentTermNode {};
struct RenewalsNode {
    int at_most{0};
};
enum class GivesWay : std::uint8_t { no, to_the_next, to_the_one_before };
/// Filed neither too early nor too late.
struct FilingNode {
    std::optional<DayFormula> opens;
    std::optional<DayFormula> until;
    GivesWay gives_way{GivesWay::no};  ///< to which day a last day that is closed gives way
    const ClosedDays* closed{nullptr}; ///< which days are closed; nullptr: no calendar is named
    Knowing late{Knowing::none};       ///< what filing after `until` is; none: too late
};
/// The application has not closed.
struct StillOpenNode {
    DayFormula until;
    const Step* step{nullptr};
};
/// Not more missed of a group than its rule allows.
struct MissedNode {
    const Format* format{nullptr};
};
/// There for the whole of a unit.
struct UnitNode {
    const Format* format{nullptr};
    Symbol unit{Symbol::none};
};

using NodeBody =
    std::variant<GroupNode, InOrderNode, HappenedNode, ChoiceNode, UnlessNode, AgeNode, HasNode, PassedNode,
                 AttemptsNode, MeasureNode, HoldsNode, DecisionNode, PluginNode, AskedOnNode, NotKnownNode,
                 PresentTermNode, RenewalsNode, FilingNode, StillOpenNode, MissedNode, UnitNode>;

struct Node {
    NodeBody body;
    const Requirement* clause{nullptr}; ///< for its name, word, source and note
    std::uint32_t first{0};             ///< first node of its subtree
    std::uint32_t waived_by{0};         ///< exceptions (bits) under which it is not asked
};

struct StepGoal {
    Step::Verb verb{Step::Verb::become};
    std::string level;
    Goal goal;
};
struct NamedGoal {
    std::string name;
    std::size_t rung{0}; ///< for goals of coming back
    Goal goal;
};

/// A fee that is not asked of everybody, or not once: for one step, whose rungs have fees of their own.
struct FeeGoal {
    const Fee* fee{nullptr};
    Symbol level{Symbol::none};
    std::optional<Goal> asked_when;
    std::optional<Goal> waived_when;
    std::optional<DayFormula> each_month_after;
};

struct ExamPart {
    Symbol part{Symbol::none};
    std::optional<std::int64_t> mark;
    const Passed* together{nullptr}; ///< passed with others of this rule, by their mean
};

struct Compiled {
    std::shared_ptr<const Edition> edition;
    const Kinds* kinds{nullptr};
    Vocabulary* words{nullptr};
    Symbol track{Symbol::none};
    Symbol makeup{Symbol::none};   ///< word of attendance that makes up for a session that was missed
    Symbol approval{Symbol::none}; ///< code of the decision by which an application was approved to go on

    std::vector<Node> nodes; ///< children before parents; the nodes of one goal lie together
    std::vector<std::uint32_t> children;
    std::vector<WindowFormula> windows;
    std::vector<std::uint8_t> bit_of; ///< by symbol number; 0xff: not mentioned
    std::vector<ExamPart>
        exam_parts; ///< of every "exam" clause; passing is the day on which the last of them was passed
    std::vector<Symbol> cohort_facts; ///< of each exception
    bool reads_uses{false};           ///< some selection leaves out what decisions used up
    bool reads_places{false};         ///< a plugin judges, and may look at any part of an entry
    bool reads_any_entry{false};      ///< some day is that of the first entry of a name, whatever its kind
    Words undecided;                  ///< words of earlier editions that nobody has assigned
    Words refused_units;              ///< units whose amounts do not count
    std::deque<Requirement> made;     ///< implicit clauses

    std::vector<StepGoal> steps;
    std::vector<FeeGoal> fees;
    std::vector<NamedGoal> returns, meanings, levels, completions, outcomes, eligibilities;

    std::uint8_t bit(Symbol word) const {
        const auto number = static_cast<std::size_t>(word);
        return number < bit_of.size() ? bit_of[number] : std::uint8_t{0xff};
    }
};

Compiled compile(std::shared_ptr<const Edition> edition, const Kinds& kinds, Vocabulary& words);

/// Checks "lasts" of every level and step's fees, rungs: throws Error{invalid_input} with the place or the name.
void check_terms(const Edition&, const Kinds&);
void check_ladder(const Edition&);
} // namespace peercert::rules
