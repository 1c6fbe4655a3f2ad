#include "rules/measuring.hpp"
#include "rules/reasons.hpp"

/// Measured amounts: hours and times, added up from pieces, split over parts, on their own clock, without gaps.
namespace peercert::rules {

namespace {

/// How far an entry came through the tests: the furthest failure says most about an entry that no piece takes.
int distance_from_counting(RefusalReason reason) {
    switch (reason) {
    case RefusalReason::wrong_category: return 9;
    case RefusalReason::excluded: return 8;
    case RefusalReason::before_start:
    case RefusalReason::after_end:
    case RefusalReason::after_asked_day: return 7;
    case RefusalReason::not_passed: return 6;
    case RefusalReason::not_at_level: return 5;
    case RefusalReason::no_authority: return 4;
    case RefusalReason::authority_not_held: return 3;
    case RefusalReason::missing_field: return 2;
    case RefusalReason::spans_edge:
    case RefusalReason::over_cap:
    case RefusalReason::repeated:
    case RefusalReason::pending:
    case RefusalReason::used_elsewhere:
    case RefusalReason::word_undecided:
    case RefusalReason::not_whole:
    case RefusalReason::too_short:
    case RefusalReason::too_soon:
    case RefusalReason::day_not_known: return 1;
    }
    return 10;
}

} // namespace

Bits Measuring::answer() {
    find_days();
    find_factors();
    return for_first_renewal(everything_asked());
}

std::pair<std::int64_t, std::int64_t> Measuring::amounts() {
    find_days();
    find_factors();
    const bool surplus_open = rule_.surplus == Knowing::unknown || rule_.surplus == Knowing::nothing_said;
    factor_ = least_;
    surplus_counts_ = !surplus_open && rule_.surplus_in_total;
    (void)amount_answer();
    const std::int64_t low = low_;
    factor_ = most_;
    surplus_counts_ = surplus_open || rule_.surplus_in_total;
    (void)amount_answer();
    return {low, high_};
}

Bits Measuring::everything_asked() {
    Bits bits = asked_amount();
    if (rule_.every)
        bits = both(bits, without_gaps());
    if (rule_.in_each)
        bits = both(bits, in_each_piece());
    return bits;
}

Bits Measuring::asked_amount() {
    factor_ = most_;
    surplus_counts_ = rule_.surplus_in_total;
    const bool surplus_open = rule_.surplus == Knowing::unknown || rule_.surplus == Knowing::nothing_said;
    if (surplus_open && factor_because_.empty())
        factor_because_ = not_known(rule_.surplus);
    if (factor_because_.empty()) {
        const Bits bits = amount_answer();
        if (note_ != nullptr && multiple_)
            note_->parts.push_back(*multiple_);
        return bits;
    }
    Finding* const note = note_;
    note_ = nullptr;
    factor_ = least_;
    surplus_counts_ = surplus_open || rule_.surplus_in_total;
    const Bits best = amount_answer();
    note_ = note;
    factor_ = most_;
    surplus_counts_ = !surplus_open && rule_.surplus_in_total;
    Bits bits = static_cast<Bits>(best | amount_answer());
    if (is_term_open_ && rule_.bound.at_least.value_or(0) > 0)
        bits = open_bits;
    if (note_ != nullptr) {
        if (!settled(bits))
            note_->open_because = factor_because_;
        if (multiple_)
            note_->parts.push_back(*multiple_);
    }
    return bits;
}

void Measuring::find_days() {
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
        judging_.note_window(judging_.program.windows[node_.filter.window], judging_.window(node_.filter.window),
                             *note_);
    }
}

void Measuring::gather(const Days* days) {
    shares_.clear();
    judging_.state.seen.clear();
    const bool splits = rule_.counter == Measure::Counter::sum;
    for (const Row& row : judging_.rows(rule_.kind)) {
        Share share{&row, judging_.look(node_.filter, row, splits, days), amount_of(row), amount_of(row), none, 0, 0};
        const Filter* refusing = &node_.filter;
        if (splits && share.look.take != Look::Take::refused && row.words.has_any(judging_.program.refused_units))
            share.look = {Look::Take::refused, RefusalReason::excluded};
        if (rule_.from_different_providers && share.look.take != Look::Take::refused && row.provider == Symbol::none) {
            refuse(row, share.amount, RefusalReason::missing_field, "provider");
            continue;
        }
        if (share.look.take != Look::Take::refused && !node_.pieces.empty())
            choose_piece(share, refusing, splits);
        if (share.look.take != Look::Take::refused && row.amount < rule_.each_at_least.value_or(0))
            share.look = {Look::Take::refused, RefusalReason::too_short};
        if (share.look.take != Look::Take::refused && repeats(row))
            share.look = {Look::Take::refused, RefusalReason::repeated};
        if (share.look.take == Look::Take::refused) {
            refuse(row, splits ? row.amount : share.amount, share.look.reason,
                   note_ == nullptr ? std::string() : judging_.detail(*refusing, share.look.reason));
            continue;
        }
        if (splits && share.amount < row.amount) {
            refuse(row, row.amount - share.amount, RefusalReason::not_whole, {});
            if (share.amount == 0)
                continue;
        }
        for (std::size_t part = 0; part < node_.part_filters.size(); ++part) {
            const Look seen = judging_.look(node_.part_filters[part], row, splits);
            const std::uint32_t bit = std::uint32_t{1} << part;
            share.mask_low |= seen.take == Look::Take::settled ? bit : 0;
            share.mask_high |= seen.take != Look::Take::refused ? bit : 0;
            if (seen.take == Look::Take::possible)
                share.unsure = seen.reason;
        }
        shares_.push_back(share);
    }
    weigh();
}

/// What each hour of a piece is worth. Rounded down over the whole piece and never entry by entry: what is settled
/// first, then with it what is not.
void Measuring::weigh() {
    for (std::size_t number = 0; number < node_.pieces.size(); ++number) {
        if (!node_.pieces[number].weight)
            continue;
        constexpr std::int64_t whole = 100 * 100; // hundredths of a percent
        std::int64_t sum = 0;
        for (const bool pending : {false, true})
            for (Share& share : shares_)
                if (share.piece == number && (share.look.take == Look::Take::possible) == pending) {
                    const std::int64_t before = sum * *node_.pieces[number].weight / whole;
                    sum += share.full;
                    share.amount = sum * *node_.pieces[number].weight / whole - before;
                }
    }
}

void Measuring::choose_piece(Share& share, const Filter*& refusing, bool splits) {
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

bool Measuring::repeats(const Row& row) {
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

void Measuring::refuse(const Row& row, std::int64_t amount, RefusalReason reason, std::string detail) {
    if (note_ != nullptr)
        note_->refused.push_back({row.entry->id, amount, reason, std::move(detail)});
}

std::int64_t Measuring::amount_of(const Row& row) const {
    if (rule_.counter != Measure::Counter::sum)
        return 1;
    return rule_.whole ? row.amount / *rule_.whole * *rule_.whole : row.amount;
}

Bits Measuring::amount_answer() {
    low_ = high_ = 0;
    gather(own_days_);
    carried();
    return both(counted(), not_known_yet());
}

/// Limits that nobody knows: what is known may say no, but nothing says yes.
Bits Measuring::not_known_yet() {
    Knowing knowing = rule_.total;
    for (const Part& part : rule_.of_which)
        if (part.minimum == Knowing::unknown || part.minimum == Knowing::nothing_said)
            knowing = part.minimum;
    if (knowing != Knowing::unknown && knowing != Knowing::nothing_said)
        return skipped_bits;
    open_for(note_, not_known(knowing));
    ask(note_, NextStep::Kind::decision, note_ == nullptr ? std::string() : note_->clause);
    return open_bits;
}

Bits Measuring::counted() {
    if (!node_.buckets.empty())
        return both(split(), from_many());
    if (rule_.from_different_providers) {
        count_providers();
        return both(compare(low_, high_), from_many());
    }
    if (rule_.counter == Measure::Counter::distinct_codes)
        count_codes();
    else
        add_up();
    if (note_ != nullptr)
        list_used();
    return both(compare(low_, high_), from_many());
}

Bits Judging::measure(const MeasureNode& node, Finding* note) { return Measuring(*this, node, note).answer(); }

} // namespace peercert::rules
