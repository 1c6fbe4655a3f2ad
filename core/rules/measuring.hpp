#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "rules/judging.hpp"

namespace peercert::rules {

/// One measure for one person: from entries to a verdict, with its reasons when `note` is there. Private.
class Measuring {
public:
    Measuring(Judging& judging, const MeasureNode& node, Finding* note)
        : judging_(judging), node_(node), rule_(*node.rule), note_(note), shares_(judging.state.shares) {}

    Bits answer();

private:
    // measure.cpp: which entries count
    /// The days that count: the clause's window, or the span that ends with the term (late: on the asked day).
    void find_days();
    void gather(const Days* days);
    /// Pieces are disjoint: the first that takes the entry has it.
    void choose_piece(Share& share, const Filter*& refusing, bool splits);
    bool repeats(const Row& row);
    void refuse(const Row& row, std::int64_t amount, RefusalReason reason, std::string detail);
    std::int64_t amount_of(const Row& row) const;
    Bits amount_answer();

    // measure_amounts.cpp: adding them up
    void count_codes();
    void add_up();
    void list_used();
    Bits compare(std::int64_t low, std::int64_t high);
    /// Hours that a topic needs for itself, when they do not, or perhaps do not, count in the total as well.
    Bits with_topics_on_top(std::int64_t low, std::int64_t high);
    /// Needs of the total after the treatment of a first term, in the clause's unit.
    std::int64_t scaled(std::int64_t need) const;
    std::string why_open() const;

    // measure_parts.cpp: splitting them over parts, exactly
    Bits split();
    void fill_pools(bool with_possible);
    /// Buckets as the author wrote them; with hours that count in several parts, minimums are asked of plain sums and
    /// the flow keeps the caps alone.
    void fill_buckets();
    std::int64_t part_sum(std::size_t part, bool with_possible) const;
    Bits solve(bool with_possible);
    void list_parts(Bits parts_high);
    /// When several parts want the same hours, the shortfall is theirs together.
    void name_rivals(std::size_t part, Finding& finding);
    /// Which entry was counted in which part: the flow of its pool, handed out in the order of the ledger.
    void list_split();

    // measure_terms.cpp: first renewals, earlier terms, gaps
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
    std::int64_t scale_{1};
    std::int64_t scale_of_{0}; ///< 0: nothing is scaled
};

} // namespace peercert::rules
