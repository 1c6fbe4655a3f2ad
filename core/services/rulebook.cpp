#include "services/rulebook.hpp"

#include <algorithm>
#include <vector>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

#include "services/closed_steps.hpp"

namespace peercert::services {

namespace {

domain::EditionKind kind_of(Edition::Kind kind) {
    switch (kind) {
    case Edition::Kind::curriculum: return domain::EditionKind::curriculum;
    case Edition::Kind::track: return domain::EditionKind::track;
    case Edition::Kind::framework: return domain::EditionKind::framework;
    }
    return domain::EditionKind::curriculum;
}

std::string nearest_code(const curricula::Catalogue& catalogue, std::string_view code) {
    std::vector<std::string_view> codes;
    for (const auto& edition : catalogue.all())
        codes.push_back(edition->code);
    return nearest(code, codes);
}

std::vector<const Edition*> pointers(const std::vector<curricula::Catalogue::EditionPointer>& editions) {
    std::vector<const Edition*> all;
    for (const auto& one : editions)
        all.push_back(one.get());
    return all;
}

} // namespace

std::vector<curricula::Catalogue::EditionPointer> Rulebook::editions_of(std::string_view code) const {
    auto editions = catalogue_.of(code);
    if (editions.empty()) {
        const std::string near = nearest_code(catalogue_, code);
        throw Error(ErrorCode::not_found, "no curriculum or track has the code \"" + std::string(code) + "\"" +
                                              (near.empty() ? "; `peercert curriculum list` shows them"
                                                            : "; did you mean \"" + near + "\"?"));
    }
    return editions;
}

Rulebook::Chosen Rulebook::chosen(std::string_view code, const rules::EventDays& days, std::string_view wanted,
                                  bool both) const {
    const auto editions = editions_of(code);
    const std::vector<const Edition*> candidates = pointers(editions);
    const std::string& event = candidates.back()->chosen_by;
    if (const auto day = days.find(event.empty() ? "asked" : event); day != days.end())
        if (const std::string ended = ended_text(catalogue_, code, day->second); !ended.empty())
            throw Error(ErrorCode::not_found, ended);
    const auto program_of = [&](const Edition* wanted_edition) {
        for (const auto& edition : editions)
            if (edition.get() == wanted_edition)
                return compiled(edition);
        throw Error(ErrorCode::internal, "the edition that was chosen is not in the catalogue");
    };
    if (both && wanted.empty()) {
        const rules::Selected selected = rules::select_edition(candidates, days);
        if (!selected.undecided.empty())
            return {program_of(selected.undecided.back()),
                    selected.event,
                    selected.day,
                    {program_of(selected.undecided.front()), program_of(selected.undecided.back())}};
    }
    const rules::Selected selected = rules::choose_edition(candidates, days, wanted);
    return {program_of(selected.edition),
            selected.by_choice ? "the applicant's choice" : selected.event,
            selected.day,
            {},
            selected.by_choice};
}

rules::EventDays Rulebook::event_days(std::string_view code, const Record& record,
                                      const rules::EventQuestion& question) const {
    return rules::event_days(record, words_, pointers(editions_of(code)), question);
}

Rulebook::Chosen Rulebook::choose(std::string_view code, const rules::EventDays& days, std::string_view wanted) const {
    return chosen(code, days, wanted, false);
}

Rulebook::Chosen Rulebook::chosen_for(std::string_view code, const Record& record, const rules::EventQuestion& question,
                                      std::string_view wanted, bool both) const {
    Chosen made = chosen(code, event_days(code, record, question), wanted, both);
    if (!made.by_choice)
        made.event = rules::event_that_chose(made.event, record, words_, pointers(editions_of(code)), question);
    return made;
}

Rulebook::Chosen Rulebook::choose(std::string_view code, const Record& record, const rules::EventQuestion& question,
                                  std::string_view wanted) const {
    return chosen_for(code, record, question, wanted, false);
}

Rulebook::Chosen Rulebook::choose_or_both(std::string_view code, const Record& record,
                                          const rules::EventQuestion& question, std::string_view wanted) const {
    return chosen_for(code, record, question, wanted, true);
}

bool Rulebook::chosen_by_record(std::string_view code) const {
    const auto editions = catalogue_.of(code);
    return editions.size() > 1 && std::any_of(editions.begin(), editions.end(), [](const auto& one) {
               return !one->chosen_by.empty() && one->chosen_by != "asked" && one->chosen_by != "applying";
           });
}

Rulebook::ProgramPtr Rulebook::edition(storage::UnitOfWork& work, std::string_view code,
                                       std::string_view edition) const {
    const auto found = catalogue_.find(code, edition);
    const auto kept = work.editions.digest_of(code, edition);
    if (found && (!kept || *kept == found->digest))
        return compiled(found);
    if (kept)
        return frozen(work, *kept);
    throw Error(ErrorCode::not_found, "the edition " + std::string(code) + " " + std::string(edition) +
                                          " is neither on file nor in this database");
}

Rulebook::ProgramPtr Rulebook::edition_on_file(std::string_view code, std::string_view edition) const {
    if (const auto found = catalogue_.find(code, edition))
        return compiled(found);
    std::string known;
    for (const auto& one : catalogue_.of(code))
        known += (known.empty() ? "" : ", ") + one->edition;
    throw Error(ErrorCode::not_found, "there is no edition " + std::string(edition) + " of " + std::string(code) +
                                          (known.empty() ? "" : "; there is: " + known));
}

Rulebook::ProgramPtr Rulebook::frozen(storage::UnitOfWork& work, std::string_view digest) const {
    const auto text = work.editions.find_by_digest(digest);
    if (!text)
        throw Error(ErrorCode::not_found,
                    "the edition with the digest " + std::string(digest) + " is not in this database");
    auto edition = std::make_shared<const Edition>(
        curricula::from_full_text({text->code + " " + text->edition, text->text, "database"}, &kinds_));
    if (edition->digest != digest)
        throw Error(ErrorCode::unavailable,
                    "the kept text of " + text->code + " " + text->edition +
                        " is not the one that was relied on: the database was changed past the program; run peercert "
                        "audit verify");
    return compiled(edition);
}

Rulebook::ProgramPtr Rulebook::compiled(const std::shared_ptr<const Edition>& edition) const {
    const std::lock_guard lock(mutex_);
    const auto day = [](const std::optional<Date>& one) { return one ? to_text(*one) : std::string("-"); };
    const std::string key =
        edition->digest +
        day(edition->in_force_from.is_stated() ? std::optional(edition->in_force_from.value) : std::nullopt) +
        day(edition->in_force_until);
    ProgramPtr& program = programs_[key];
    if (!program)
        program = std::make_shared<const rules::Program>(edition, kinds_, words_);
    return program;
}

void Rulebook::rely_on(storage::UnitOfWork& work, const Edition& edition) const {
    if (relying_ == Relying::on_published && edition.origin != curricula::published_origin)
        throw Error(ErrorCode::conflict, "this installation decides by published editions only, and " + edition.code +
                                             " " + edition.edition +
                                             " is only a file; `peercert curriculum propose` begins its publication");
    freeze(work, edition);
}

domain::FrozenEdition kept_form(const Edition& edition) {
    return {kind_of(edition.kind), edition.code, edition.edition, edition.digest, edition.full_text};
}

void freeze(storage::UnitOfWork& work, const Edition& edition) { work.editions.freeze(kept_form(edition)); }

} // namespace peercert::services
