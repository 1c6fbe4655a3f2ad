#include "services/closed_steps.hpp"

#include <cctype>

namespace peercert::services {

namespace {

bool has_step(const Edition& edition, Step::Verb verb, const std::string& level) {
    for (const Step& step : edition.steps)
        if (step.verb == verb && (level.empty() || step.level == level))
            return true;
    return false;
}

bool is_part_of_code(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-'; }

bool names(const std::string& text, const std::string& code) {
    for (auto at = text.find(code); at != std::string::npos; at = text.find(code, at + 1)) {
        const auto end = at + code.size();
        if ((at == 0 || !is_part_of_code(text[at - 1])) && (end == text.size() || !is_part_of_code(text[end])))
            return true;
    }
    return false;
}

/// The track that followed this one, or, where the file does not say, those that its remark names.
std::string where_to(const curricula::Catalogue& catalogue, const Edition& edition) {
    std::string text, seen;
    for (const auto& other : catalogue.all()) {
        const bool follows =
            edition.followed_by.empty() ? names(edition.note, other->code) : edition.followed_by == other->code;
        if (other->kind != Edition::Kind::track || other->code == edition.code || other->code == seen || !follows)
            continue;
        seen = other->code;
        text += " Its file points to " + other->code + " (" + other->titles.back().called +
                "); what that asks of a person: `peercert assess " + other->code + " PERSON`.";
    }
    return text;
}

std::string what_holders_may(const Edition& edition) {
    std::string text;
    for (const Purpose& purpose : edition.purposes) {
        if (!purpose.dated || !purpose.dated->until || purpose.dated->until->anchor != Anchor::day)
            continue;
        const Date last = add_days(purpose.dated->until->day, purpose.dated->until_excluded ? -1 : 0);
        text += " Whoever holds it may still " + purpose.name + " until " + to_text(last) + ".";
    }
    return text;
}

std::string way_of(Step::Verb verb) {
    switch (verb) {
    case Step::Verb::become: return "Applications";
    case Step::Verb::renew: return "Renewals";
    case Step::Verb::extend: return "Extensions";
    case Step::Verb::add: return "Additions";
    case Step::Verb::transfer: return "Transfers";
    }
    return "Applications";
}

} // namespace

std::string closed_step_text(const curricula::Catalogue& catalogue, const Edition& edition, Step::Verb verb,
                             const std::string& level) {
    const Edition* last_open = nullptr;
    for (const auto& earlier : catalogue.of(edition.code))
        if (earlier->in_force_until && edition.in_force_from.is_stated() &&
            *earlier->in_force_until < edition.in_force_from.value && has_step(*earlier, verb, level) &&
            (last_open == nullptr || *last_open->in_force_until < *earlier->in_force_until))
            last_open = earlier.get();
    if (last_open == nullptr)
        return {};
    const std::string day = to_text(*last_open->in_force_until);
    const std::string renew = verb == Step::Verb::renew ? " --renew" : "";
    return way_of(verb) + " for " + edition.code + " (" + edition.titles.back().called + ") closed on " + day +
           "; since then its rules have no such step." + where_to(catalogue, edition) + what_holders_may(edition) +
           " An application that arrived by that day is judged by the older rules: `peercert assess " + edition.code +
           " PERSON" + renew + " --received " + day + "`.";
}

std::string ended_text(const curricula::Catalogue& catalogue, std::string_view code, Date day) {
    const Edition* last = nullptr;
    for (const auto& one : catalogue.of(code)) {
        if (!one->in_force_until || *one->in_force_until >= day)
            return {};
        if (last == nullptr || *last->in_force_until < *one->in_force_until)
            last = one.get();
    }
    if (last == nullptr)
        return {};
    return std::string(code) + " (" + last->titles.back().called + ") ended on " + to_text(*last->in_force_until) +
           "; no rules of it are in force on " + to_text(day) + "." + where_to(catalogue, *last);
}

} // namespace peercert::services
