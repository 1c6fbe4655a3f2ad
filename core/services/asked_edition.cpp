#include "services/asked_edition.hpp"

namespace peercert::services {

Date today_for(const House& house, const Edition& edition) {
    return day_in_zone(house.clock.now(), edition.zone.empty() ? house.zone : edition.zone);
}

Date today_for(const House& house, const domain::CredentialRecord& record) {
    const std::string& zone = record.terms.empty() ? house.zone : record.terms.back().zone;
    return day_in_zone(house.clock.now(), zone.empty() ? house.zone : zone);
}

Date today_of(const House& house, const Rulebook& rulebook, std::string_view code) {
    for (const auto& edition : rulebook.catalogue().of(code))
        if (!edition->zone.empty())
            return today_for(house, *edition);
    return house.today();
}

AskedEdition asked_edition(const House& house, const Rulebook& rulebook, const Record& record,
                           const StepQuestion& question, bool settled) {
    const auto asked_on = [&](Date today) {
        const Date as_of = question.as_of.value_or(today);
        const rules::EventQuestion event{
            question.verb, question.level, {.as_of = as_of, .applying = question.received}};
        auto chosen = settled ? rulebook.choose(question.track, record, event, question.edition)
                              : rulebook.choose_or_both(question.track, record, event, question.edition);
        return AskedEdition{std::move(chosen), today, as_of};
    };
    const Date guessed = today_of(house, rulebook, question.track);
    AskedEdition asked = asked_on(guessed);
    // An edition may move to another zone than its namesakes: then the day is that zone's, and chooses again.
    if (const Date today = today_for(house, asked.chosen.program->edition()); today != guessed)
        asked = asked_on(today);
    return asked;
}

} // namespace peercert::services
