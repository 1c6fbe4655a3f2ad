#include "rules/measuring.hpp"

namespace peercert::rules {

Bits Measuring::split() {
    const bool any_possible = std::any_of(shares_.begin(), shares_.end(), [](const Share& share) {
        return share.look.take == Look::Take::possible || share.mask_low != share.mask_high;
    });
    Claimed least; // what is claimed at least and at most; each limit is asked with the worse of the two
    Claimed most;
    if (has_claims()) {
        set_limits(std::nullopt);
        (void)solve(false);
        least.for_minimums = most.for_caps = judging_.state.allocation.total();
        if (any_possible)
            (void)solve(true);
        most.for_minimums = least.for_caps = judging_.state.allocation.total();
    }
    Bits parts_high = met_bits;
    std::int64_t total_high = 0;
    if (any_possible) {
        set_limits(least);
        parts_high = solve(true);
        total_high = judging_.state.allocation.total();
    }
    set_limits(most);
    const Bits parts_low = solve(false);
    const std::int64_t total_low = judging_.state.allocation.total();
    if (!any_possible) {
        parts_high = parts_low;
        total_high = total_low;
    }
    const Bits parts = parts_low == met_bits ? met_bits : parts_high == unmet_bits ? unmet_bits : open_bits;
    low_ += total_low;
    high_ += std::max(total_low, total_high);
    if (note_ != nullptr) {
        list_parts(parts_high);
        list_split();
    }
    return both(parts, compare(low_, high_));
}

bool Measuring::has_claims() const {
    return std::any_of(rule_.of_which.begin(), rule_.of_which.end(), [](const Part& part) {
        return (part.share_at_least || part.share_at_most) && part.share_of == Part::ShareOf::claimed;
    });
}

void Measuring::set_limits(const std::optional<Claimed>& claimed) {
    auto& minimums = judging_.state.minimums;
    auto& caps = judging_.state.caps;
    auto& buckets = judging_.state.buckets;
    constexpr std::int64_t whole = 100 * 100; // hundredths of a percent
    buckets = node_.buckets;
    minimums.resize(buckets.size());
    caps.resize(buckets.size());
    for (std::size_t part = 0; part < buckets.size(); ++part) {
        const Part& rule = rule_.of_which[part];
        minimums[part] = scaled(buckets[part].at_least);
        caps[part] = scaled_cap(buckets[part].at_most);
        const bool of_claimed = rule.share_of == Part::ShareOf::claimed;
        if (!of_claimed || claimed) {
            const std::int64_t required = rule_.bound.at_least ? scaled(*rule_.bound.at_least) : 0;
            if (rule.share_at_least)
                minimums[part] =
                    ((of_claimed ? claimed->for_minimums : required) * *rule.share_at_least + whole - 1) / whole;
            if (rule.share_at_most)
                caps[part] = (of_claimed ? claimed->for_caps : required) * *rule.share_at_most / whole;
        }
        buckets[part].at_least = rule_.several_parts ? 0 : minimums[part];
        buckets[part].at_most = caps[part];
        if (!surplus_counts_ && minimums[part] > 0)
            buckets[part].at_most = std::min(caps[part], minimums[part]);
    }
    const bool outside = rule_.from_different_providers ||
                         std::any_of(shares_.begin(), shares_.end(),
                                     [](const Share& share) { return share.mask_low == 0 && share.mask_high != 0; });
    if (outside) // what may count in the total outside every part
        buckets.push_back({});
}

bool Measuring::is_capped(std::uint32_t mask) const {
    const auto& buckets = judging_.state.buckets;
    for (std::size_t part = 0; part < node_.buckets.size(); ++part)
        if ((mask >> part & 1U) != 0)
            for (int at = static_cast<int>(part); at >= 0; at = buckets[static_cast<std::size_t>(at)].inside)
                if (buckets[static_cast<std::size_t>(at)].at_most < no_cap)
                    return true;
    return false;
}

/// Amounts that may go the same ways lie in one pool; of one provider, only one thing counts, in any part that any of
/// their things fits. What may or may not be of a part counts where it helps (possible) or not in it (settled); if the
/// part has a cap, it does not count at all while that is open.
void Measuring::fill_pools(bool with_possible) {
    auto& pools = judging_.state.pools;
    auto& pool_of = judging_.state.pool_of;
    auto& providers = judging_.state.seen;
    pools.clear();
    providers.clear();
    pool_of.assign(shares_.size(), none);
    const std::uint32_t elsewhere = std::uint32_t{1} << node_.buckets.size();
    for (std::size_t at = 0; at < shares_.size(); ++at) {
        const Share& share = shares_[at];
        if (!with_possible && share.look.take == Look::Take::possible)
            continue;
        const bool unsure = share.mask_low == 0 && share.mask_high != 0;
        std::uint32_t mask = with_possible ? share.mask_high : share.mask_low;
        if (unsure && !with_possible && is_capped(share.mask_high))
            continue;
        if (unsure && with_possible)
            mask |= elsewhere;
        std::uint32_t pool = 0;
        if (rule_.from_different_providers) {
            mask = mask == 0 ? elsewhere : mask;
            while (pool < pools.size() && providers[pool] != share.row->provider)
                ++pool;
        } else {
            while (pool < pools.size() && pools[pool].mask != mask)
                ++pool;
        }
        if (pool == pools.size()) {
            pools.push_back({mask, 0});
            providers.push_back(share.row->provider);
        }
        pools[pool].mask |= mask;
        pools[pool].amount = rule_.from_different_providers ? 1 : pools[pool].amount + share.amount;
        pool_of[at] = pool;
    }
}

std::int64_t Measuring::part_sum(std::size_t part, bool with_possible) const {
    std::int64_t sum = 0;
    for (const Share& share : shares_)
        if (with_possible ? (share.mask_high >> part & 1U) != 0
                          : share.look.take == Look::Take::settled && (share.mask_low >> part & 1U) != 0)
            sum += share.amount;
    return std::min(sum, judging_.state.caps[part]);
}

Bits Measuring::solve(bool with_possible) {
    fill_pools(with_possible);
    Allocation& allocation = judging_.state.allocation;
    allocation.solve(judging_.state.buckets, judging_.state.pools);
    Bits bits = allocation.minimums_reached() ? met_bits : unmet_bits;
    if (rule_.several_parts)
        for (std::size_t part = 0; part < node_.buckets.size(); ++part)
            if (part_sum(part, with_possible) < judging_.state.minimums[part])
                bits = unmet_bits;
    return bits;
}

void Measuring::list_parts(Bits parts_high) {
    const Allocation& allocation = judging_.state.allocation;
    for (std::size_t part = 0; part < node_.buckets.size(); ++part) {
        const std::int64_t need = judging_.state.minimums[part];
        const std::int64_t cap = judging_.state.caps[part];
        Finding finding;
        finding.clause = rule_.of_which[part].name;
        finding.kind = "part";
        tell_unit(finding);
        const std::int64_t have = rule_.several_parts ? part_sum(part, false) : allocation.held(part);
        finding.have = have;
        finding.have_most = std::max(have, part_sum(part, true));
        if (need > 0) {
            finding.need = need;
            finding.verdict = Verdict::of(have >= need ? met_bits : parts_high == unmet_bits ? unmet_bits : open_bits);
        } else {
            if (cap < no_cap) {
                finding.need = cap;
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
        if ((together >> other & 1U) != 0 && other != part && judging_.state.minimums[other] > 0)
            names += (names.empty() ? "" : ", ") + rule_.of_which[other].name;
    if (!names.empty())
        finding.note = "short together with " + names;
}

void Measuring::list_split() {
    const Allocation& allocation = judging_.state.allocation;
    const auto& pools = judging_.state.pools;
    const std::size_t parts = node_.buckets.size();
    const std::size_t stride = judging_.state.buckets.size(); // perhaps with what counts outside every part
    const std::uint32_t elsewhere = std::uint32_t{1} << parts;
    std::vector<std::int64_t> left(pools.size() * stride);
    for (std::size_t pool = 0; pool < pools.size(); ++pool)
        for (std::size_t part = 0; part < stride; ++part)
            left[pool * stride + part] = allocation.counted(pool, part);
    std::vector<bool> served(pools.size());
    for (std::size_t at = 0; at < shares_.size(); ++at) {
        const Share& share = shares_[at];
        const std::uint32_t pool = judging_.state.pool_of[at];
        if (pool == none) {
            refuse(*share.row, share.amount, share.look.take == Look::Take::possible ? share.look.reason : share.unsure,
                   {});
            continue;
        }
        if (pools[pool].mask == 0) {
            note_->used.push_back({share.row->entry->id, share.amount, share.amount, {}});
            continue;
        }
        const std::uint32_t mask = share.mask_low == 0 ? elsewhere : share.mask_low;
        std::int64_t rest = share.amount;
        std::string last_part;
        for (std::size_t part = 0; part < stride; ++part) {
            if ((mask >> part & 1U) == 0)
                continue;
            last_part = part == parts ? std::string() : rule_.of_which[part].name;
            const std::int64_t counted = std::min(rest, left[pool * stride + part]);
            if (counted == 0)
                continue;
            left[pool * stride + part] -= counted;
            rest -= counted;
            served[pool] = true;
            note_->used.push_back({share.row->entry->id, counted, share.amount, last_part});
            if (part < parts)
                note_->parts[part].used.push_back({share.row->entry->id, counted, share.amount, last_part});
        }
        if (rest > 0) {
            const bool again = rule_.from_different_providers && served[pool];
            refuse(*share.row, rest, again ? RefusalReason::repeated : RefusalReason::over_cap, last_part);
        }
    }
}

} // namespace peercert::rules
