#include "rules/measuring.hpp"

namespace peercert::rules {

Bits Measuring::split() {
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

void Measuring::fill_pools(bool with_possible) {
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

void Measuring::fill_buckets() {
    auto& buckets = judging_.state.buckets;
    buckets = node_.buckets;
    for (Bucket& bucket : buckets) {
        bucket.at_least = rule_.several_parts ? 0 : scaled(bucket.at_least);
        if (!rule_.surplus_in_total && bucket.at_least > 0)
            bucket.at_most = std::min(bucket.at_most, bucket.at_least);
    }
}

std::int64_t Measuring::part_sum(std::size_t part, bool with_possible) const {
    std::int64_t sum = 0;
    for (const Share& share : shares_)
        if (with_possible ? (share.mask_high >> part & 1U) != 0
                          : share.look.take == Look::Take::settled && (share.mask_low >> part & 1U) != 0)
            sum += share.amount;
    return std::min(sum, node_.buckets[part].at_most);
}

Bits Measuring::solve(bool with_possible) {
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

void Measuring::list_parts(Bits parts_high) {
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

void Measuring::name_rivals(std::size_t part, Finding& finding) {
    const std::uint32_t together = judging_.state.allocation.short_together(part);
    std::string names;
    for (std::size_t other = 0; other < node_.buckets.size(); ++other)
        if ((together >> other & 1U) != 0 && other != part && node_.buckets[other].at_least > 0)
            names += (names.empty() ? "" : ", ") + rule_.of_which[other].name;
    if (!names.empty())
        finding.note = "short together with " + names;
}

void Measuring::list_split() {
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

} // namespace peercert::rules
