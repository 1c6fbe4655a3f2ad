#include "curricula/published.hpp"

#include <algorithm>

namespace peercert::curricula {

namespace {

using EditionPointer = std::shared_ptr<const Edition>;

DayRange days_of(const Edition& edition) {
    return {edition.in_force_from.is_stated() ? std::optional(edition.in_force_from.value) : std::nullopt,
            edition.in_force_until};
}

/// Editions that different events choose may hold on the same day: each is asked for its own.
bool chosen_alike(const Edition& one, const Edition& other) {
    const auto event = [](const Edition& edition) { return edition.chosen_by.empty() ? "asked" : edition.chosen_by; };
    return event(one) == event(other);
}

bool overlap(const DayRange& one, const DayRange& other) {
    return !(one.last && other.first && *one.last < *other.first) &&
           !(other.last && one.first && *other.last < *one.first);
}

/// Without a last day of its own, and begun before that day.
bool ends_before(const Edition& edition, Date first_day) {
    return !edition.in_force_until && (!edition.in_force_from.is_stated() || edition.in_force_from.value < first_day);
}

bool same_edition(const Edition& one, const Edition& other) {
    return one.code == other.code && one.edition == other.edition;
}

std::string named(const Edition& edition) { return edition.code + " " + edition.edition; }

std::string days_text(const DayRange& days) {
    return (days.first ? "from " + peercert::to_text(*days.first) : std::string("since a day it does not say")) +
           (days.last ? " until " + peercert::to_text(*days.last) : " until further notice");
}

std::string conflict_text(const Edition& edition, const Edition& other, const DayRange& own, const DayRange& others) {
    std::string text =
        named(other) + " holds " + days_text(others) + ", and " + named(edition) + " claims days of it; ";
    if (others.first && own.first && *own.first < *others.first)
        return text + "let it end on " + peercert::to_text(add_days(*others.first, -1));
    if (others.last)
        return text + "let it begin on " + peercert::to_text(add_days(*others.last, 1)) + " or later";
    return text + "two editions cannot begin on the same day";
}

} // namespace

Succession succession(const Edition& edition, Date first_day, std::span<const EditionPointer> others) {
    Succession answer;
    const DayRange own{first_day, edition.in_force_until};
    for (const EditionPointer& other : others) {
        if (other->code != edition.code || same_edition(*other, edition))
            continue;
        if (ends_before(*other, first_day))
            answer.ends.push_back(other->edition);
        else if (const DayRange days = days_of(*other); chosen_alike(edition, *other) && overlap(own, days))
            answer.conflicts.push_back(conflict_text(edition, *other, own, days));
    }
    if (!edition.replaces.empty() && !answer.ends.empty() &&
        std::find(answer.ends.begin(), answer.ends.end(), edition.replaces) == answer.ends.end())
        answer.conflicts.push_back("the file says that it replaces " + edition.replaces +
                                   ", but it would take the "
                                   "place of " +
                                   answer.ends.back());
    return answer;
}

std::vector<Problem> give_way_to_published(std::vector<EditionPointer>& editions,
                                           std::span<const PublishedText> published) {
    const auto publication = [published](const Edition& edition) -> const PublishedText* {
        const auto found = std::find_if(published.begin(), published.end(), [&edition](const PublishedText& one) {
            return one.code == edition.code && one.edition == edition.edition;
        });
        return found == published.end() ? nullptr : &*found;
    };
    const auto other_of_code = [&editions](const Edition& edition) {
        return std::any_of(editions.begin(), editions.end(), [&edition](const EditionPointer& one) {
            return one->code == edition.code && !same_edition(*one, edition);
        });
    };
    // A text that names no first day begins on the day it was published, if there was another before it.
    for (EditionPointer& one : editions)
        if (const PublishedText* text = publication(*one);
            text != nullptr && !one->in_force_from.is_stated() && other_of_code(*one)) {
            Edition dated = *one;
            dated.in_force_from = {Knowing::stated, text->first_day};
            one = std::make_shared<const Edition>(std::move(dated));
        }
    for (EditionPointer& one : editions) {
        std::optional<Date> successor;
        for (const PublishedText& text : published)
            if (text.code == one->code && text.edition != one->edition && ends_before(*one, text.first_day) &&
                (!successor || text.first_day < *successor))
                successor = text.first_day;
        if (!successor)
            continue;
        Edition ended = *one;
        ended.in_force_until = add_days(*successor, -1);
        ended.in_force_until_unknown = false;
        one = std::make_shared<const Edition>(std::move(ended));
    }
    std::vector<Problem> passed_over;
    std::vector<EditionPointer> left;
    for (const EditionPointer& file : editions) {
        const auto in_the_way = std::find_if(editions.begin(), editions.end(), [&](const EditionPointer& other) {
            return other->code == file->code && publication(*other) != nullptr && chosen_alike(*file, *other) &&
                   overlap(days_of(*file), days_of(*other));
        });
        if (publication(*file) != nullptr || in_the_way == editions.end())
            left.push_back(file);
        else
            passed_over.push_back({file->file, 0, 0,
                                   named(*file) + " claims days on which the published " + named(**in_the_way) +
                                       " holds; until it is published itself, this file plays no part"});
    }
    editions = std::move(left);
    return passed_over;
}

} // namespace peercert::curricula
