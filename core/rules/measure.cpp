#include <algorithm>

#include "rules/judging.hpp"

/// Measured amounts: hours and times, added up from pieces, split over parts, on their own clock, without gaps.
namespace peercert::rules {

namespace {

/// How far an entry came through the tests: the furthest failure says most about an entry that no piece takes.
int distance_from_counting(RefusalReason reason) {
    switch (reason) {
    case RefusalReason::wrong_category:
        return 9;
    case RefusalReason::excluded:
        return 8;
    case RefusalReason::before_start:
    case RefusalReason::after_end:
    case RefusalReason::after_asked_day:
        return 7;
    case RefusalReason::not_passed:
        return 6;
    case RefusalReason::not_at_level:
        return 5;
    case RefusalReason::no_authority:
        return 4;
    case RefusalReason::authority_not_held:
        return 3;
    case RefusalReason::missing_field:
        return 2;
    case RefusalReason::spans_edge:
    case RefusalReason::over_cap:
    case RefusalReason::repeated:
    case RefusalReason::pending:
    case RefusalReason::used_elsewhere:
        return 1;
    }
    return 10;
}

std::int64_t capped(std::int64_t amount, std::int64_t cap) { return std::min(amount, cap); }

const Lasts* lasts_at(const Judging& judging) {
    if (judging.goal.level == Symbol::none)
        return nullptr;
    const Level* level = judging.program.edition->level(judging.text(judging.goal.level));
    return level != nullptr && level->lasts ? &*level->lasts : nullptr;
}

/// One measure for one person: from entries to a verdict, with its reasons when `note` is there.
class Measuring {
public:
    Measuring(Judging& judging, const MeasureNode& node, Finding* note)
        : judging_(judging), node_(node), rule_(*node.rule), note_(note), shares_(judging.state.shares) {}

    Bits answer() {
        find_days();
        Bits bits = amount_answer();
        if (rule_.every)
            bits = both(bits, without_gaps());
        return for_first_renewal(bits);
    }

private:
    /// The days that count: the clause's window, or the span that ends with the term (late: on the asked day).
    void find_days() {
        if (rule_.own_clock) {
            const Day end = judging_.term && judging_.term->last ? std::max(to_day(*judging_.term->last), judging_.as_of)
                                                                 : judging_.as_of;
            days_.from = moved(end, -to_shift(*rule_.own_clock));
            days_.until = end;
            own_days_ = &days_;
            if (note_ != nullptr) {
                note_->anchors.push_back({"until", to_date(end)});
                note_->anchors.push_back({"from", to_date(days_.from)});
            }
        } else if (note_ != nullptr && node_.filter.window != none) {
            judging_.note_window(judging_.program.windows[node_.filter.window], judging_.window(node_.filter.window), *note_);
        }
    }

    std::int64_t amount_of(const Row& row) const { return rule_.counter == Measure::Counter::sum ? row.amount : 1; }

    void refuse(const Row& row, std::int64_t amount, RefusalReason reason, std::string detail) {
        if (note_ != nullptr)
            note_->refused.push_back({row.entry->id, amount, reason, std::move(detail)});
    }

    void gather(const Days* days) {
        shares_.clear();
        judging_.state.seen.clear();
        const bool splits = rule_.counter == Measure::Counter::sum;
        for (const Row& row : judging_.rows(rule_.kind)) {
            Share share{&row, judging_.look(node_.filter, row, splits, days), amount_of(row), none, 0, 0};
            const Filter* refusing = &node_.filter;
            if (share.look.take != Look::Take::refused && !node_.pieces.empty())
                choose_piece(share, refusing, splits);
            if (share.look.take != Look::Take::refused && repeats(row))
                share.look = {Look::Take::refused, RefusalReason::repeated};
            if (share.look.take == Look::Take::refused) {
                refuse(row, share.amount, share.look.reason,
                       note_ == nullptr ? std::string() : judging_.detail(*refusing, share.look.reason));
                continue;
            }
            for (std::size_t part = 0; part < node_.part_filters.size(); ++part) {
                const Look seen = judging_.look(node_.part_filters[part], row, splits);
                const std::uint32_t bit = std::uint32_t{1} << part;
                share.mask_low |= seen.take == Look::Take::settled ? bit : 0;
                share.mask_high |= seen.take != Look::Take::refused ? bit : 0;
            }
            shares_.push_back(share);
        }
    }

    /// Pieces are disjoint: the first that takes the entry has it.
    void choose_piece(Share& share, const Filter*& refusing, bool splits) {
        Look best{Look::Take::refused, RefusalReason::wrong_category};
        const Filter* best_filter = &node_.filter;
        for (std::size_t piece = 0; piece < node_.pieces.size(); ++piece) {
            if (node_.pieces[piece].fact != Symbol::none)
                continue;
            const Look seen = judging_.look(node_.pieces[piece].filter, *share.row, splits);
            if (seen.take != Look::Take::refused) {
                share.piece = static_cast<std::uint32_t>(piece);
                if (seen.take == Look::Take::possible && share.look.take == Look::Take::settled)
                    share.look = seen;
                return;
            }
            if (distance_from_counting(seen.reason) < distance_from_counting(best.reason)) {
                best = seen;
                best_filter = &node_.pieces[piece].filter;
            }
        }
        share.look = best;
        refusing = best_filter;
    }

    bool repeats(const Row& row) {
        if (node_.filter.repeats == Selection::Repeats::allowed || row.code == Symbol::none)
            return false;
        if (node_.filter.repeats == Selection::Repeats::once_ever)
            for (const Row& earlier : judging_.rows(rule_.kind)) {
                if (&earlier == &row)
                    break;
                if (earlier.code == row.code)
                    return true;
            }
        auto& seen = judging_.state.seen;
        if (std::find(seen.begin(), seen.end(), row.code) != seen.end())
            return true;
        seen.push_back(row.code);
        return false;
    }

    Bits amount_answer() {
        gather(own_days_);
        carried();
        if (rule_.counter == Measure::Counter::distinct_codes)
            count_codes();
        else if (node_.buckets.empty())
            add_up();
        else
            return split();
        if (note_ != nullptr)
            list_used();
        return compare(low_, high_);
    }

    /// What earlier terms left over, as far as the edition lets it pass on.
    void carried() {
        if (!rule_.carry_over || rule_.carry_over->knowing == Knowing::none || !judging_.term ||
            judging_.term->number < 2 || !rule_.bound.at_least)
            return;
        const HeldTerm* before = nullptr;
        const auto terms = terms_of(judging_.record, judging_.program.track, judging_.goal.level);
        for (const HeldTerm& one : terms)
            if (one.last && one.first < judging_.term->first)
                before = &one;
        if (before == nullptr)
            return;
        const Days days{Days::Kind::there, to_day(before->first), to_day(*before->last)};
        std::int64_t sum = 0;
        for (const Row& row : judging_.rows(rule_.kind))
            if (judging_.look(node_.filter, row, true, &days).take == Look::Take::settled)
                sum += amount_of(row);
        const std::int64_t surplus = std::max<std::int64_t>(0, sum - *rule_.bound.at_least);
        if (rule_.carry_over->is_stated())
            low_ = high_ = capped(surplus, rule_.carry_over->value.value);
        else
            high_ = surplus;
        if (surplus > 0 && rule_.carry_over->is_open())
            because_ = rule_.carry_over->knowing == Knowing::unknown ? "unknown" : "nothing said";
    }

    void count_codes() {
        auto& seen = judging_.state.seen;
        for (const bool pending : {false, true}) {
            for (const Share& share : shares_)
                if ((share.look.take == Look::Take::possible) == pending &&
                    std::find(seen.begin(), seen.end(), share.row->code) == seen.end()) {
                    seen.push_back(share.row->code);
                    ++high_;
                    low_ += pending ? 0 : 1;
                }
        }
    }

    void add_up() {
        if (node_.pieces.empty()) {
            for (const Share& share : shares_) {
                high_ += share.amount;
                low_ += share.look.take == Look::Take::settled ? share.amount : 0;
            }
            return;
        }
        for (std::size_t number = 0; number < node_.pieces.size(); ++number) {
            const Piece& piece = node_.pieces[number];
            if (piece.fact != Symbol::none) {
                const Bits bits = judging_.fact(piece.fact, piece.filter, piece.held_for, Absence::unmet, nullptr);
                low_ += bits == met_bits ? piece.worth : 0;
                high_ += (bits & met_bits) != 0 ? piece.worth : 0;
                if (note_ != nullptr && bits == met_bits)
                    note_->anchors.push_back({"counted as " + judging_.text(piece.fact), judging_.situation.as_of});
                continue;
            }
            std::int64_t low = 0;
            std::int64_t high = 0;
            for (const Share& share : shares_)
                if (share.piece == number) {
                    high += share.amount;
                    low += share.look.take == Look::Take::settled ? share.amount : 0;
                }
            low_ += capped(low, piece.at_most);
            high_ += capped(high, piece.at_most);
        }
    }

    void list_used() {
        std::vector<std::int64_t> left;
        for (const Piece& piece : node_.pieces)
            left.push_back(piece.at_most);
        for (const Share& share : shares_) {
            if (share.look.take == Look::Take::possible) {
                refuse(*share.row, share.amount, share.look.reason, {});
                continue;
            }
            std::int64_t counted = share.amount;
            if (share.piece != none) {
                counted = std::min(counted, left[share.piece]);
                left[share.piece] -= counted;
            }
            std::string part = share.piece == none ? std::string() : rule_.adds_up_from[share.piece].name;
            if (counted > 0 || share.amount == 0)
                note_->used.push_back({share.row->entry->id, counted, share.amount, part});
            if (counted < share.amount)
                refuse(*share.row, share.amount - counted, RefusalReason::over_cap, std::move(part));
        }
    }

    /// Needs of the total after the treatment of a first term, in the clause's unit.
    std::int64_t scaled(std::int64_t need) const {
        return scale_of_ == 0 ? need : (need * scale_ + scale_of_ - 1) / scale_of_;
    }

    Bits compare(std::int64_t low, std::int64_t high) {
        Bits bits = skipped_bits;
        if (rule_.bound.at_least)
            bits = both(bits, reaches(low, high, scaled(*rule_.bound.at_least)));
        if (rule_.bound.at_most)
            bits = both(bits, stays_within(low, high, *rule_.bound.at_most));
        if (note_ != nullptr) {
            note_->have = low;
            note_->have_most = high;
            note_->unit = rule_.bound.unit;
            if (rule_.bound.at_least)
                note_->need = scaled(*rule_.bound.at_least);
            else
                note_->need = rule_.bound.at_most;
            note_->need_is_limit = !rule_.bound.at_least;
            if (rule_.bound.at_least && low < *note_->need && note_->next.kind == NextStep::Kind::nothing) {
                note_->next.kind = high >= *note_->need ? NextStep::Kind::confirm : NextStep::Kind::add_amount;
                note_->next.what = note_->clause;
                note_->next.amount = *note_->need - low;
                note_->next.unit = rule_.bound.unit;
            }
            if (!settled(bits))
                note_->open_because = because_.empty() ? why_open() : because_;
        }
        return bits;
    }

    std::string why_open() const {
        for (const Share& share : shares_)
            if (share.look.take == Look::Take::possible && share.look.reason == RefusalReason::spans_edge)
                return "split it";
        return "pending";
    }

    void fill_pools(bool with_possible) {
        auto& pools = judging_.state.pools;
        auto& pool_of = judging_.state.pool_of;
        pools.clear();
        pool_of.assign(shares_.size(), none);
        for (std::size_t at = 0; at < shares_.size(); ++at) {
            const Share& share = shares_[at];
            if (!with_possible && share.look.take == Look::Take::possible)
                continue;
            const std::uint32_t mask = with_possible ? share.mask_high : share.mask_low;
            std::uint32_t pool = 0;
            while (pool < pools.size() && pools[pool].mask != mask)
                ++pool;
            if (pool == pools.size())
                pools.push_back({mask, 0});
            pools[pool].amount += share.amount;
            pool_of[at] = pool;
        }
    }

    /// Buckets as the author wrote them; with hours that count in several parts, minimums are asked of plain sums and
    /// the flow keeps the caps alone.
    void fill_buckets() {
        auto& buckets = judging_.state.buckets;
        buckets = node_.buckets;
        for (Bucket& bucket : buckets) {
            bucket.at_least = rule_.several_parts ? 0 : scaled(bucket.at_least);
            if (!rule_.surplus_in_total && bucket.at_least > 0)
                bucket.at_most = std::min(bucket.at_most, bucket.at_least);
        }
    }

    std::int64_t part_sum(std::size_t part, bool with_possible) const {
        std::int64_t sum = 0;
        for (const Share& share : shares_)
            if (with_possible ? (share.mask_high >> part & 1U) != 0
                              : share.look.take == Look::Take::settled && (share.mask_low >> part & 1U) != 0)
                sum += share.amount;
        return capped(sum, node_.buckets[part].at_most);
    }

    Bits solve(bool with_possible) {
        fill_pools(with_possible);
        Allocation& allocation = judging_.state.allocation;
        allocation.solve(judging_.state.buckets, judging_.state.pools);
        Bits bits = allocation.minimums_reached() ? met_bits : unmet_bits;
        if (rule_.several_parts)
            for (std::size_t part = 0; part < node_.buckets.size(); ++part)
                if (part_sum(part, with_possible) < scaled(node_.buckets[part].at_least))
                    bits = unmet_bits;
        return bits;
    }

    Bits split() {
        fill_buckets();
        const bool any_possible = std::any_of(shares_.begin(), shares_.end(), [](const Share& share) {
            return share.look.take == Look::Take::possible || share.mask_low != share.mask_high;
        });
        Bits parts_high = met_bits;
        std::int64_t total_high = 0;
        if (any_possible) {
            parts_high = solve(true);
            total_high = judging_.state.allocation.total();
        }
        const Bits parts_low = solve(false);
        const std::int64_t total_low = judging_.state.allocation.total();
        if (!any_possible) {
            parts_high = parts_low;
            total_high = total_low;
        }
        const Bits parts = parts_low == met_bits ? met_bits : parts_high == unmet_bits ? unmet_bits : open_bits;
        low_ += total_low;
        high_ += total_high;
        if (note_ != nullptr) {
            list_parts(parts_high);
            list_split();
        }
        return both(parts, compare(low_, high_));
    }

    void list_parts(Bits parts_high) {
        const Allocation& allocation = judging_.state.allocation;
        for (std::size_t part = 0; part < node_.buckets.size(); ++part) {
            const Bucket& bucket = node_.buckets[part];
            Finding finding;
            finding.clause = rule_.of_which[part].name;
            finding.kind = "part";
            finding.unit = rule_.bound.unit;
            const std::int64_t have = rule_.several_parts ? part_sum(part, false) : allocation.held(part);
            const std::int64_t need = scaled(bucket.at_least);
            finding.have = have;
            finding.have_most = std::max(have, part_sum(part, true));
            if (bucket.at_least > 0) {
                finding.need = need;
                finding.verdict = Verdict::of(have >= need ? met_bits : parts_high == unmet_bits ? unmet_bits : open_bits);
            } else {
                if (bucket.at_most < no_cap) {
                    finding.need = bucket.at_most;
                    finding.need_is_limit = true;
                }
                finding.verdict = Verdict::met(); // a cap limits use, it is never a reason to say no
            }
            if (have < need) {
                finding.next = {NextStep::Kind::add_amount, finding.clause, need - have, finding.unit, std::nullopt};
                if (note_->next.kind == NextStep::Kind::nothing)
                    note_->next = finding.next;
                if (!rule_.several_parts)
                    name_rivals(part, finding);
            }
            note_->parts.push_back(std::move(finding));
        }
    }

    /// When several parts want the same hours, the shortfall is theirs together.
    void name_rivals(std::size_t part, Finding& finding) {
        const std::uint32_t together = judging_.state.allocation.short_together(part);
        std::string names;
        for (std::size_t other = 0; other < node_.buckets.size(); ++other)
            if ((together >> other & 1U) != 0 && other != part && node_.buckets[other].at_least > 0)
                names += (names.empty() ? "" : ", ") + rule_.of_which[other].name;
        if (!names.empty())
            finding.note = "short together with " + names;
    }

    /// Which entry was counted in which part: the flow of its pool, handed out in the order of the ledger.
    void list_split() {
        const Allocation& allocation = judging_.state.allocation;
        const auto& pools = judging_.state.pools;
        const std::size_t parts = node_.buckets.size();
        std::vector<std::int64_t> left(pools.size() * parts);
        for (std::size_t pool = 0; pool < pools.size(); ++pool)
            for (std::size_t part = 0; part < parts; ++part)
                left[pool * parts + part] = allocation.counted(pool, part);
        for (std::size_t at = 0; at < shares_.size(); ++at) {
            const Share& share = shares_[at];
            const std::uint32_t pool = judging_.state.pool_of[at];
            if (pool == none) {
                refuse(*share.row, share.amount, share.look.reason, {});
                continue;
            }
            std::int64_t rest = share.amount;
            std::string last_part;
            for (std::size_t part = 0; part < parts; ++part) {
                if ((pools[pool].mask >> part & 1U) == 0)
                    continue;
                last_part = rule_.of_which[part].name;
                const std::int64_t counted = std::min(rest, left[pool * parts + part]);
                if (counted == 0)
                    continue;
                left[pool * parts + part] -= counted;
                rest -= counted;
                note_->used.push_back({share.row->entry->id, counted, share.amount, last_part});
                note_->parts[part].used.push_back({share.row->entry->id, counted, share.amount, last_part});
            }
            if (pools[pool].mask == 0) {
                note_->used.push_back({share.row->entry->id, share.amount, share.amount, {}});
                continue;
            }
            if (rest > 0) {
                refuse(*share.row, rest, RefusalReason::over_cap, last_part);
            }
        }
    }

    /// No stretch of the given length without an entry, unless a fact excuses its days.
    Bits without_gaps() {
        const Shift length = to_shift(*rule_.every);
        const Days days = own_days_ != nullptr ? *own_days_ : judging_.window(node_.filter.window);
        if (days.kind != Days::Kind::there)
            return skipped_bits;
        Day start = days.from;
        if (node_.filter.while_level != Symbol::none) {
            const auto terms = terms_of(judging_.record, judging_.program.track, node_.filter.while_level);
            if (!terms.empty())
                start = std::max(start, to_day(terms.front().first));
        }
        std::vector<std::pair<Day, Day>> covered;
        for (const Share& share : shares_)
            covered.emplace_back(share.row->first, share.row->last);
        if (start == first_day) {
            if (covered.empty())
                return skipped_bits;
            start = covered.front().first;
        }
        const Day end = std::min(days.until, judging_.as_of);
        if (node_.excuse != Symbol::none)
            for (const Row& row : judging_.rows(EntryKind::fact))
                if (row.code == node_.excuse)
                    covered.emplace_back(row.first, row.last);
        covered.emplace_back(end + 1, end + 1);
        std::sort(covered.begin(), covered.end());
        for (Day bare = start; const auto& [first, last] : covered) {
            if (first > bare && moved(bare, length) <= first) {
                if (note_ != nullptr) {
                    note_->anchors.push_back({"without an entry from", to_date(bare)});
                    note_->anchors.push_back({"to", to_date(first - 1)});
                }
                return unmet_bits;
            }
            bare = std::max(bare, last + 1);
        }
        return met_bits;
    }

    Bits for_first_renewal(Bits bits) {
        if (!rule_.first_renewal || !judging_.term || judging_.term->number != 1)
            return bits;
        if (rule_.first_renewal->is_open()) {
            if (note_ != nullptr && bits != met_bits)
                note_->open_because = rule_.first_renewal->knowing == Knowing::unknown ? "unknown" : "nothing said";
            return static_cast<Bits>(bits | skipped_bits);
        }
        if (rule_.first_renewal->knowing == Knowing::none)
            return bits;
        switch (rule_.first_renewal->value) {
        case FirstRenewal::asked_in_full:
            return bits;
        case FirstRenewal::not_asked:
            return not_asked();
        case FirstRenewal::not_before_first_full_term:
            return full_term() ? bits : not_asked();
        case FirstRenewal::prorated:
            return prorated(bits);
        }
        return bits;
    }

    Bits not_asked() {
        if (note_ != nullptr)
            note_->next = {};
        return skipped_bits;
    }

    bool full_term() const {
        const Lasts* lasts = lasts_at(judging_);
        if (lasts == nullptr || !lasts->term || !judging_.term->last)
            return true;
        return moved(judging_.term->first, to_shift(*lasts->term)) <= add_days(*judging_.term->last, 1);
    }

    Bits prorated(Bits bits) {
        const Lasts* lasts = lasts_at(judging_);
        if (full_term() || scale_of_ != 0)
            return bits;
        const Day first = to_day(judging_.term->first);
        scale_ = to_day(*judging_.term->last) + 1 - first;
        scale_of_ = moved(first, to_shift(*lasts->term)) - first;
        low_ = high_ = 0;
        if (note_ != nullptr) {
            note_->used.clear();
            note_->refused.clear();
            note_->parts.clear();
            note_->next = {};
        }
        return amount_answer();
    }

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

} // namespace

Bits Judging::measure(const MeasureNode& node, Finding* note) { return Measuring(*this, node, note).answer(); }

} // namespace peercert::rules
