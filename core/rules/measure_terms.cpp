#include "rules/measuring.hpp"

namespace peercert::rules {

namespace {

const Lasts* lasts_at(const Judging& judging) {
    if (judging.goal.level == Symbol::none)
        return nullptr;
    const Level* level = judging.program.edition->level(judging.text(judging.goal.level));
    return level != nullptr && level->lasts ? &*level->lasts : nullptr;
}

} // namespace

void Measuring::find_factors() {
    if (rule_.for_each_year) {
        if (const auto years = years_of_term()) {
            least_ = most_ = *years;
        } else {
            factor_because_ = "missing";
            is_term_open_ = true;
        }
    }
    if (node_.for_every == none)
        return;
    const ForEvery& rule = *rule_.for_every;
    const auto& other = std::get<MeasureNode>(judging_.program.nodes[node_.for_every].body);
    const auto [low, high] = Measuring(judging_, other, nullptr).amounts();
    const Stated<bool>& more = rule.a_part_asks_one_more;
    const auto whole = [&](std::int64_t amount, bool up) {
        return (amount + (up ? rule.amount - 1 : 0)) / rule.amount;
    };
    const std::int64_t few = whole(low, more.is_stated() && more.value);
    const std::int64_t many = whole(high, !more.is_stated() || more.value);
    least_.above *= few;
    most_.above *= many;
    if (few != many && factor_because_.empty())
        factor_because_ = whole(low, true) == whole(high, true) && !more.is_stated()
                              ? (more.knowing == Knowing::unknown ? "unknown" : "nothing said")
                              : "pending";
    if (note_ != nullptr) {
        Finding counted;
        counted.clause = rule.clause;
        counted.kind = "for every";
        counted.verdict = Verdict::met();
        counted.have = low;
        counted.have_most = high;
        counted.unit = other.rule->bound.unit;
        multiple_ = std::move(counted);
    }
}

std::optional<Factor> Measuring::years_of_term() const {
    std::optional<Span> term = judging_.situation.term_asked;
    if (const Lasts* lasts = lasts_at(judging_); !term && lasts != nullptr)
        term = lasts->term;
    if (!term)
        return std::nullopt;
    const Shift length = to_shift(*term);
    return length.days == 0 && length.months > 0 ? std::optional(Factor{length.months, 12}) : std::nullopt;
}

void Measuring::carried() {
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
        low_ = high_ = std::min(surplus, rule_.carry_over->value.value);
    else
        high_ = surplus;
    if (surplus > 0 && rule_.carry_over->is_open())
        because_ = rule_.carry_over->knowing == Knowing::unknown ? "unknown" : "nothing said";
}

Bits Measuring::without_gaps() {
    const Shift length = to_shift(*rule_.every);
    const Days days = own_days_ != nullptr ? *own_days_ : judging_.window(node_.filter.window);
    if (days.kind != Days::Kind::there)
        return skipped_bits;
    const auto start = start_of_counting(days);
    if (!start)
        return skipped_bits;
    std::vector<std::pair<Day, Day>> covered;
    for (const Share& share : shares_)
        covered.emplace_back(share.row->first, share.row->last);
    const Day end = std::min(days.until, judging_.as_of);
    if (node_.excuse != Symbol::none)
        for (const Row& row : judging_.rows(EntryKind::fact))
            if (row.code == node_.excuse)
                covered.emplace_back(row.first, row.last);
    covered.emplace_back(end + 1, end + 1);
    std::sort(covered.begin(), covered.end());
    for (Day bare = *start; const auto& [first, last] : covered) {
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

Bits Measuring::for_first_renewal(Bits bits) {
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
    case FirstRenewal::asked_in_full: return bits;
    case FirstRenewal::not_asked: return not_asked();
    case FirstRenewal::not_before_first_full_term: return full_term() ? bits : not_asked();
    case FirstRenewal::prorated: return prorated(bits);
    }
    return bits;
}

Bits Measuring::not_asked() {
    if (note_ != nullptr)
        note_->next = {};
    return skipped_bits;
}

bool Measuring::full_term() const {
    const Lasts* lasts = lasts_at(judging_);
    if (lasts == nullptr || !lasts->term || !judging_.term->last)
        return true;
    return moved(judging_.term->first, to_shift(*lasts->term)) <= add_days(*judging_.term->last, 1);
}

Bits Measuring::prorated(Bits bits) {
    const Lasts* lasts = lasts_at(judging_);
    if (full_term() || is_prorated_)
        return bits;
    const Day first = to_day(judging_.term->first);
    is_prorated_ = true;
    prorated_ = {to_day(*judging_.term->last) + 1 - first, moved(first, to_shift(*lasts->term)) - first};
    if (note_ != nullptr) {
        note_->used.clear();
        note_->refused.clear();
        note_->parts.clear();
        note_->next = {};
    }
    return everything_asked();
}

} // namespace peercert::rules
