#include "services/place_papers.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "domain/text.hpp"
#include "services/cohorts.hpp"
#include "services/places.hpp"

namespace peercert::services {

namespace {

/// Every line clean as text is, lines kept.
std::string clean_lines(std::string_view text) {
    if (text.size() > PlacePapers::most_bytes)
        throw Error(ErrorCode::invalid_input,
                    "the text is longer than " + std::to_string(PlacePapers::most_bytes) + " bytes");
    std::string clean;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        clean += domain::clean_text(line, {"text", PlacePapers::most_bytes, true}) + "\n";
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (clean.find_first_not_of("\n") == std::string::npos)
        throw Error(ErrorCode::invalid_input, "there is no text");
    return clean;
}

/// From when on what was written for the cohort is to be deleted.
std::optional<Date> due_on(storage::UnitOfWork& work, const domain::Cohort& cohort, Date today) {
    const PlaceView view = place_view(work, cohort, today);
    if (view.ordered_on)
        return add_days(*view.ordered_on, view.call.keep_days);
    const auto sessions = work.cohorts.sessions(cohort.id);
    return sessions.empty() ? std::nullopt : std::optional(add_days(sessions.front().held_on, view.call.keep_days));
}

} // namespace

void PlacePapers::add(const Actor& actor, std::string_view code, std::string_view who, domain::PaperKind kind,
                      std::string_view text, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const auto found = work.cohorts.find(code);
        const domain::Person person = person_of(work, actor, who, today);
        const bool own =
            found && kind == domain::PaperKind::essay && actor.person && work.merges.same(actor.person, person.id);
        const Action action = kind == domain::PaperKind::essay ? Action::run_cohort : Action::decide;
        const domain::Cohort cohort = own ? *found : cohort_of(work, actor, action, code, today);
        const domain::PlaceRequest request = request_of(work, cohort, person);
        if (is_ordered(work.places.of_cohort(cohort.id)))
            throw Error(ErrorCode::conflict,
                        "the order in " + cohort.code + " was made; nothing that nobody will read is taken in");
        work.papers.set_paper(request.id, kind, clean_lines(text));
        work.audit.append({.action = "place.paper_added", .object = object_of_place(request)});
    });
}

std::string PlacePapers::read(const Actor& actor, std::string_view code, std::string_view who, domain::PaperKind kind) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Cohort cohort = cohort_of(work, actor, Action::decide, code, today);
        const domain::PlaceRequest request = request_of(work, cohort, person_of(work, actor, who, today));
        if (is_ordered(work.places.of_cohort(cohort.id)))
            throw Error(ErrorCode::forbidden,
                        "the order was made; what people wrote for it is read by nobody any more");
        if (auto text = work.papers.paper(request.id, kind))
            return *text;
        throw Error(ErrorCode::not_found,
                    "there is no " + std::string(kind == domain::PaperKind::essay ? "essay" : "interview note") +
                        " with this request");
    });
}

Purged PlacePapers::purge(const Actor& actor, Mode mode) {
    Purged purged = change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        Purged found;
        for (const CohortId id : work.places.cohorts_with_calls()) {
            const domain::Cohort cohort = work.cohorts.of(id);
            if (!may(work, actor, Action::run_cohort, {PersonId{}, cohort.organization}, today))
                continue;
            const auto due = due_on(work, cohort, today);
            if (!due || *due > today || work.papers.count(id) == 0)
                continue;
            found.cohorts.push_back({cohort.code, *due, work.papers.delete_papers(id)});
            work.audit.append(
                {.action = "place.papers_deleted",
                 .object = std::to_string(found.cohorts.back().papers) + " of cohort " + std::to_string(id.value())});
        }
        return found;
    });
    // Also where nothing was due just now: an earlier time may have been disturbed by a reader.
    if (mode == Mode::commit)
        purged.gone = house_.store.forget_deleted(!purged.cohorts.empty());
    return purged;
}

} // namespace peercert::services
