#include "services/authority_review.hpp"

#include <algorithm>
#include <set>

#include <peercert/error.hpp>

#include "domain/codes.hpp"
#include "services/assessment.hpp"

namespace peercert::services {

namespace {

using domain::LedgerEntry;
using domain::SignOffState;

struct Whose {
    PersonId assessor;
    std::string credential; ///< empty: any
};

Whose whose_authority(storage::UnitOfWork& work, const Actor& actor, std::string_view typed, Date today) {
    if (const auto number = domain::CredentialNumber::parse(typed))
        if (const auto held = work.credentials.find(*number))
            return {held->credential.person, held->credential.number.str()};
    return {person_of(work, actor, typed, today).id, {}};
}

bool relied_on(const LedgerEntry& line, const Whose& whose) {
    return whose.credential.empty() || (line.authority && line.authority->credential == whose.credential);
}

std::string called(EntryId id) { return "entry " + std::to_string(id.value()); }

} // namespace

AuthorityReview::Impact AuthorityReview::impact(const Actor& actor, std::string_view typed, Date void_from,
                                                bool put_under_review, Mode mode) {
    const auto look = [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        authorize(work, actor, Action::decide, {}, today);
        const Whose whose = whose_authority(work, actor, typed, today);
        Impact impact;
        impact.assessor = work.people.of(whose.assessor).code.str();
        impact.assessor_name = work.people.name_used(whose.assessor);
        impact.credential = whose.credential;
        impact.void_from = void_from;
        std::set<EntryId> reviewed; // lines replaced already, as co-signatures of an earlier one
        for (const LedgerEntry& line : work.entries.vouched_for_by(whose.assessor, void_from)) {
            if (!line.counts() || !relied_on(line, whose))
                continue;
            if (line.kind != EntryKind::sign_off) {
                ++impact.other_lines;
                continue;
            }
            const bool seen = may(work, actor, Action::read_person, {line.person, {}}, today);
            Affected affected;
            affected.relying = relying_on(work, line.person, {line.id});
            EntryId now = line.id;
            if (put_under_review && detail_of(work, line).state == SignOffState::signed_off) {
                for (const LedgerEntry& one : signed_together(work, line)) {
                    if (detail_of(work, one).state != SignOffState::signed_off)
                        continue;
                    const EntryId id = replace_signature(work, one,
                                                         {.state = SignOffState::under_review,
                                                          .rating = {},
                                                          .rated = rated_result(work, rulebook_, one),
                                                          .reason = {},
                                                          .authority = {}});
                    work.audit.append({.action = "competency.put_under_review",
                                       .object = called(id) + " for " + std::to_string(one.id.value()),
                                       .after = to_text(void_from)});
                    now = one.id == line.id ? id : now;
                }
                affected.put_under_review = true;
            }
            if (!seen) {
                ++impact.unseen;
                continue;
            }
            affected.signature = view_of(work, work.entries.of(now));
            impact.signatures.push_back(std::move(affected));
        }
        return impact;
    };
    return put_under_review ? change(house_, actor.name, mode, look) : house_.store.read(look);
}

Changed AuthorityReview::decide(const Actor& actor, EntryId entry, bool uphold, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const LedgerEntry line = signature_of(work, entry);
        authorize(work, actor, Action::decide, {line.person, {}}, today, no_such_signature(entry));
        refuse_self(work, actor.person, line.person, "decide about a sign-off");
        refuse_what_does_not_stand(line);
        if (detail_of(work, line).state != SignOffState::under_review)
            throw Error(ErrorCode::conflict, called(entry) + " is not under review");
        Changed changed;
        std::vector<EntryId> made;
        std::set<EntryId> before;
        for (const LedgerEntry& one : signed_together(work, line)) {
            refuse_self(work, actor.person, one.asserted_by, "decide about their own signature");
            if (detail_of(work, one).state != SignOffState::under_review)
                continue;
            NextSignature next{.state = SignOffState::signed_off,
                               .rating = {},
                               .rated = rated_result(work, rulebook_, one),
                               .reason = {},
                               .authority = {}};
            next.withdrawn = !uphold;
            before.insert(one.id);
            made.push_back(replace_signature(work, one, next));
            work.audit.append({.action = uphold ? "competency.review_upheld" : "competency.review_withdrawn",
                               .object = called(made.back()) + " for " + std::to_string(one.id.value())});
        }
        for (const EntryId id : made)
            changed.lines.push_back(view_of(work, work.entries.of(id)));
        changed.relying = relying_on(work, line.person, before);
        return changed;
    });
}

std::vector<LedgerEntry> under_review(storage::UnitOfWork& work, PersonId person) {
    std::vector<LedgerEntry> found;
    for (const domain::SignOff& one : work.sign_offs.of_person(person)) {
        if (one.state != SignOffState::under_review)
            continue;
        LedgerEntry line = work.entries.of(one.entry);
        if (line.counts())
            found.push_back(std::move(line));
    }
    return found;
}

} // namespace peercert::services
