#include "services/consents.hpp"

#include <peercert/error.hpp>

namespace peercert::services {

void record_consent(storage::UnitOfWork& work, const domain::Consent& consent) {
    const auto before = work.consents.standing(consent.person, consent.purpose, consent.about);
    if (consent.given && before && before->given)
        throw Error(ErrorCode::conflict, "this consent is on record already, since " + to_text(before->day));
    if (!consent.given && !(before && before->given))
        throw Error(ErrorCode::conflict, "there is no such consent on record to withdraw");
    if (before && consent.day < before->day)
        throw Error(ErrorCode::invalid_input, "the day " + to_text(consent.day) + " is before " + to_text(before->day) +
                                                  ", when the last word about this was said");
    work.consents.add(consent);
    work.audit.append({.action = consent.given ? "person.consent_given" : "person.consent_withdrawn",
                       .object = "person " + std::to_string(consent.person.value()),
                       .after = std::string(to_text(consent.purpose)) + " " + consent.wording});
}

void Consents::record(const Actor& actor, const ConsentRequest& request, bool given, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Person person = person_of(work, actor, request.person, today);
        authorize(work, actor, Action::change_person, {person.id, {}}, today);
        domain::Consent consent;
        consent.person = person.id;
        consent.purpose = request.purpose;
        consent.about = request.about;
        consent.given = given;
        consent.wording = request.wording;
        consent.day = request.day.value_or(today);
        if (consent.day > today)
            throw Error(ErrorCode::invalid_input,
                        "the day " + to_text(consent.day) + " is still to come; nobody consents ahead of time");
        if (!consent.about.empty() && consent.purpose != domain::ConsentPurpose::public_register)
            throw Error(ErrorCode::invalid_input, "only consent to a register is about a track");
        if (given && consent.wording.empty())
            throw Error(ErrorCode::invalid_input, "to which text? give the version of the wording agreed to");
        if (consent.wording.empty()) // what is withdrawn is what was agreed to
            if (const auto before = work.consents.standing(person.id, consent.purpose, consent.about))
                consent.wording = before->wording;
        record_consent(work, consent);
    });
}

void Consents::give(const Actor& actor, const ConsentRequest& request, Mode mode) {
    record(actor, request, true, mode);
}

void Consents::withdraw(const Actor& actor, const ConsentRequest& request, Mode mode) {
    record(actor, request, false, mode);
}

std::vector<ConsentLine> Consents::of(const Actor& actor, std::string_view code) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const domain::Person person = person_of(work, actor, code, house_.today());
        authorize(work, actor, Action::read_person, {person.id, {}}, house_.today());
        std::vector<ConsentLine> lines;
        for (domain::Consent& one : work.consents.of_person(person.id)) {
            const auto standing = work.consents.standing(person.id, one.purpose, one.about);
            const bool stands = one.given && standing && standing->person == one.person && standing->n == one.n;
            lines.push_back({std::move(one), stands});
        }
        return lines;
    });
}

} // namespace peercert::services
