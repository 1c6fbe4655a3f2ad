#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/judging.hpp"

namespace peercert::rules {

/// By how much a bound is multiplied, as a fraction.
struct Factor {
    std::int64_t above{1};
    std::int64_t below{1};
    bool operator==(const Factor&) const = default;
};

/// One measure for one person: from entries to a verdict, with its reasons when `note` is there. Private.
class Measuring {
public:
    Measuring(Judging& judging, const MeasureNode& node, Finding* note)
        : judging_(judging), node_(node), rule_(*node.rule), note_(note), shares_(judging.state.shares) {}

    Bits answer();
    /// What counts, settled and at most, whatever is asked: for bounds of other clauses that hang on it.
    std::pair<std::int64_t, std::int64_t> amounts();

private:
    // measure.cpp: which entries count
    /// The days that count: the clause's window, or the span that ends with the term (late: on the asked day).
    void find_days();
    void gather(const Days* days);
    void weigh();
    /// Pieces are disjoint: the first that takes the entry has it.
    void choose_piece(Share& share, const Filter*& refusing, bool splits);
    bool repeats(const Row& row);
    void refuse(const Row& row, std::int64_t amount, RefusalReason reason, std::string detail);
    std::int64_t amount_of(const Row& row) const;
    Bits amount_answer();
    Bits counted();
    Bits not_known_yet();
    /// The same where the bound is not known exactly: with the least and with the most that it may be.
    Bits asked_amount();
    Bits everything_asked();

    // measure_amounts.cpp: adding them up
    void count_codes();
    void add_up();
    void list_used();
    Bits compare(std::int64_t low, std::int64_t high);
    /// Hours that a topic needs for itself, when they do not, or perhaps do not, count in the total as well.
    Bits with_topics_on_top(std::int64_t low, std::int64_t high);
    /// Needs of the total after the treatment of a first term, in the clause's unit.
    void tell_unit(Finding& finding) const;
    std::int64_t scaled(std::int64_t need) const;
    std::int64_t scaled_cap(std::int64_t cap) const;
    std::string why_open() const;

    // measure_pieces.cpp: things counted in pieces, and pieces of time
    void count_providers();
    /// Enough different courses among what the selection takes.
    Bits from_many();
    Bits in_each_piece();
    Bits in_pieces(bool weeks_begin_on_monday, Finding* note);
    bool is_excused(Day first, Day last) const;
    /// Where stretches and pieces begin to be asked; nothing when there is nothing to begin with.
    std::optional<Day> start_of_counting(const Days& days) const;

    // measure_parts.cpp: splitting them over parts, exactly
    Bits split();
    void fill_pools(bool with_possible);
    /// What counts when every fixed minimum and cap, but no share of what is claimed, is kept: settled and at most.
    struct Claimed {
        std::int64_t for_minimums{0};
        std::int64_t for_caps{0};
    };
    /// Minimums and caps of the parts, shares made amounts (of nothing claimed yet: left out). With hours that count in
    /// several parts, minimums are asked of plain sums and the flow keeps the caps alone.
    void set_limits(const std::optional<Claimed>& claimed);
    bool is_capped(std::uint32_t mask) const;
    bool has_claims() const;
    std::int64_t part_sum(std::size_t part, bool with_possible) const;
    Bits solve(bool with_possible);
    void list_parts(Bits parts_high);
    /// When several parts want the same hours, the shortfall is theirs together.
    void name_rivals(std::size_t part, Finding& finding);
    /// Which entry was counted in which part: the flow of its pool, handed out in the order of the ledger.
    void list_split();

    // measure_terms.cpp: multiples, first renewals, earlier terms, gaps
    void find_factors();
    std::optional<Factor> years_of_term() const;
    /// What earlier terms left over, as far as the edition lets it pass on.
    void carried();
    /// No stretch of the given length without an entry, unless a fact excuses its days.
    Bits without_gaps();
    Bits for_first_renewal(Bits bits);
    Bits not_asked();
    bool full_term() const;
    Bits prorated(Bits bits);

    Judging& judging_;
    const MeasureNode& node_;
    const Measure& rule_;
    Finding* note_;
    std::vector<Share>& shares_;
    Days days_;
    const Days* own_days_{nullptr};
    std::int64_t low_{0};
    std::int64_t high_{0};
    std::string because_;
    Factor least_; ///< of the bound, by other clauses and the years of the term
    Factor most_;
    Factor factor_;                   ///< the one being asked with
    std::string factor_because_;      ///< why it is not known exactly; empty: it is
    bool is_term_open_{false};        ///< how long a term is asked for is not on record
    std::optional<Finding> multiple_; ///< what the bound is multiplied by, to be told
    bool surplus_counts_{true};
    Factor prorated_;
    bool is_prorated_{false};
};

} // namespace peercert::rules
