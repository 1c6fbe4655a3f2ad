#include "curricula/case.hpp"

#include "curricula/phrases.hpp"
#include "curricula/words.hpp"

namespace peercert::curricula {

std::string_view to_text(RefusalReason reason) {
    switch (reason) {
    case RefusalReason::before_start: return "before start";
    case RefusalReason::after_end: return "after end";
    case RefusalReason::after_asked_day: return "after asked day";
    case RefusalReason::spans_edge: return "spans edge";
    case RefusalReason::wrong_category: return "wrong category";
    case RefusalReason::excluded: return "excluded";
    case RefusalReason::not_at_level: return "not at level";
    case RefusalReason::no_authority: return "no authority";
    case RefusalReason::authority_not_held: return "authority not held";
    case RefusalReason::over_cap: return "over cap";
    case RefusalReason::repeated: return "repeated";
    case RefusalReason::pending: return "pending";
    case RefusalReason::missing_field: return "missing field";
    case RefusalReason::not_passed: return "not passed";
    case RefusalReason::used_elsewhere: return "used elsewhere";
    case RefusalReason::word_undecided: return "word undecided";
    case RefusalReason::not_whole: return "not whole";
    case RefusalReason::too_short: return "too short";
    case RefusalReason::too_soon: return "too soon";
    case RefusalReason::day_not_known: return "day not known";
    }
    return {};
}

std::string_view to_text(Verdict verdict) {
    if (verdict.is_not_applicable())
        return "not applicable";
    if (verdict.passes())
        return "met";
    return verdict.is_unmet() ? "not met" : "needs a decision";
}

std::vector<std::string> wrong_values(const Expectation& expectation) {
    const std::string& value = expectation.value;
    std::vector<std::string> wrong;
    if (const auto day = parse_date(value)) {
        wrong = {peercert::to_text(add_days(*day, 1)), peercert::to_text(add_days(*day, -1)), "no end"};
    } else if (const auto amount = parse_amount(value, BareNumber::count); amount.value && !value.empty()) {
        const std::int64_t step = amount.value->amount.unit == Unit::cents ? 100 : 1;
        wrong = {amount_text(amount.value->amount.value + step, amount.value->amount.unit), "it"};
        if (amount.value->amount.value >= step)
            wrong.push_back(amount_text(amount.value->amount.value - step, amount.value->amount.unit));
    } else if (expectation.key == "answer") {
        for (const std::string_view answer : split_words(find_word(Setting::expectations, "answer")->allowed))
            if (answer != value)
                wrong.emplace_back(answer);
    } else {
        wrong = {value + "x", "nothing of the kind"};
    }
    return wrong;
}

} // namespace peercert::curricula
