#include "services/rulebook.hpp"

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

} // namespace

Rulebook::Chosen Rulebook::choose(std::string_view code, const rules::EventDays& days, std::string_view wanted) const {
    const auto editions = catalogue_.of(code);
    if (editions.empty()) {
        const std::string near = nearest_code(catalogue_, code);
        throw Error(ErrorCode::not_found, "no curriculum or track has the code \"" + std::string(code) + "\"" +
                                              (near.empty() ? "; `peercert curriculum list` shows them"
                                                            : "; did you mean \"" + near + "\"?"));
    }
    std::vector<const Edition*> candidates;
    for (const auto& edition : editions)
        candidates.push_back(edition.get());
    const std::string& event = candidates.back()->chosen_by;
    if (const auto day = days.find(event.empty() ? "asked" : event); day != days.end())
        if (const std::string ended = ended_text(catalogue_, code, day->second); !ended.empty())
            throw Error(ErrorCode::not_found, ended);
    const rules::Selected selected = rules::choose_edition(candidates, days, wanted);
    for (const auto& edition : editions)
        if (edition.get() == selected.edition)
            return {compiled(edition), selected.by_choice ? "the applicant's choice" : selected.event, selected.day};
    throw Error(ErrorCode::internal, "the edition that was chosen is not in the catalogue");
}

Rulebook::ProgramPtr Rulebook::edition(storage::UnitOfWork& work, std::string_view code,
                                       std::string_view edition) const {
    if (const auto found = catalogue_.find(code, edition))
        return compiled(found);
    for (const auto kind :
         {domain::EditionKind::track, domain::EditionKind::curriculum, domain::EditionKind::framework})
        if (const auto frozen = work.editions.find(kind, code, edition))
            return compiled(std::make_shared<const Edition>(curricula::from_full_text(
                {std::string(code) + " " + std::string(edition), frozen->text, "database"}, &kinds_)));
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
    return compiled(std::make_shared<const Edition>(
        curricula::from_full_text({text->code + " " + text->edition, text->text, "database"}, &kinds_)));
}

Rulebook::ProgramPtr Rulebook::compiled(const std::shared_ptr<const Edition>& edition) const {
    const std::lock_guard lock(mutex_);
    ProgramPtr& program = programs_[edition->digest];
    if (!program)
        program = std::make_shared<const rules::Program>(edition, kinds_, words_);
    return program;
}

void freeze(storage::UnitOfWork& work, const Edition& edition) {
    work.editions.freeze({kind_of(edition.kind), edition.code, edition.edition, edition.digest, edition.full_text});
}

} // namespace peercert::services
