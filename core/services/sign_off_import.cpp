#include <map>

#include "domain/text.hpp"
#include "services/competencies.hpp"
#include "services/record_import.hpp"
#include "services/signing.hpp"

namespace peercert::services {

namespace {

/// The row as `signoff` takes it; nothing where something is wrong with it.
std::optional<NewSignOff> read(ImportRows& rows, Date today) {
    NewSignOff request;
    request.person = rows.at("person");
    request.competencies.emplace_back(rows.at("competency"));
    request.curriculum = rows.at("curriculum");
    request.rating = rows.at("rating");
    request.method = rows.at("method");
    request.cohort = rows.at("cohort");
    request.observed_on = rows.day("on", today, false);
    for (const char* column : {"assessor", "assessor_2"})
        if (const std::string_view code = rows.at(column); !code.empty())
            request.assessors.emplace_back(code);
    if (request.assessors.empty())
        rows.wrong("assessor", "who has seen it? give the code of the person who signs");
    if (const std::string_view session = rows.at("session"); !session.empty()) {
        const auto number = whole_number(session);
        if (!number || *number < 1)
            rows.wrong("session", "write the session's number");
        request.session = number.value_or(0);
    }
    if (const std::string_view late = rows.at("late"); !late.empty()) {
        request.late_reason = domain::parse_late_reason(late);
        if (!request.late_reason)
            rows.wrong("late", "is no reason that there is; `peercert man` lists them");
    }
    return rows.is_fine() ? std::optional(std::move(request)) : std::nullopt;
}

std::string in_a_row(const std::vector<std::string>& reasons) {
    std::string all;
    for (const std::string& one : reasons)
        all += (all.empty() ? "" : "; ") + one;
    return all;
}

/// The word of the scale, also of a line that waits for its assessor.
std::string rating_of(storage::UnitOfWork& work, const domain::LedgerEntry& line) {
    const auto more = work.sign_offs.find(line.id);
    return more ? more->rating : std::string(domain::to_text(line.result));
}

} // namespace

ImportReport RecordImports::sign_offs(const Actor& actor, std::istream& file, const ImportNames& names, Mode mode,
                                      const Imports::Progress& progress) {
    const ImportColumns columns{"sign-offs",
                                {"person", "competency", "assessor"},
                                {"on", "cohort", "session", "curriculum", "rating", "method", "assessor_2", "late"}};
    return import_file(
        house_, actor, file, columns, names, mode, progress,
        [&](storage::UnitOfWork& work, ImportRows& rows, ImportReport& report) {
            const Date today = house_.today();
            if (!may(work, actor, Action::sign_off, {}, today))
                authorize(work, actor, Action::record_entry, {}, today);
            while (rows.next()) {
                const auto request = read(rows, today);
                if (!request)
                    continue;
                rows.check("", [&] {
                    const domain::Person learner = person_of(work, actor, request->person, today);
                    authorize_typing(work, actor, learner.id, today);
                    Signing signing(work, rulebook_, actor, *request, today);
                    const Rated rated = signing.rated(request->competencies.front(), request->rating);
                    std::size_t signed_already = 0;
                    for (const domain::LedgerEntry& line : work.entries.of_person(learner.id))
                        if (line.kind == EntryKind::sign_off && line.counts() && line.code == rated.competency &&
                            line.last_day == signing.observed_on()) {
                            for (const std::string& code : request->assessors)
                                if (work.merges.same(person_of(work, actor, code, today).id, line.asserted_by)) {
                                    if (rating_of(work, line) != rated.rating)
                                        return rows.wrong("rating", "is recorded otherwise by the same assessor on "
                                                                    "that day; they correct it with `peercert signoff "
                                                                    "correct " +
                                                                        std::to_string(line.id.value()) + "`");
                                    ++signed_already;
                                }
                        }
                    if (signed_already >= request->assessors.size()) {
                        ++report.known;
                        return;
                    }
                    auto reasons = signing.reasons();
                    for (std::string& reason : signing.reasons_about(learner))
                        reasons.push_back(std::move(reason));
                    for (const AssessorAnswer& one : signing.assessors())
                        if (!one.entitled)
                            reasons.push_back(one.assessor + " was not entitled to sign on " +
                                              to_text(signing.observed_on()));
                    if (!reasons.empty())
                        return rows.wrong("assessor", in_a_row(reasons));
                    (void)signing.sign(learner.id, {rated});
                    ++report.added;
                });
            }
            if (report.errors == 0 && report.added > 0)
                work.audit.append({.action = "sign_offs.imported",
                                   .object = std::to_string(report.added) + " sign-offs",
                                   .after = std::to_string(report.added)});
        },
        most_kept_);
}

} // namespace peercert::services
