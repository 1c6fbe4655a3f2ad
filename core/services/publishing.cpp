#include "services/publishing.hpp"

#include <algorithm>
#include <cctype>

#include <peercert/error.hpp>

#include "services/assessment.hpp"
#include "services/departure.hpp"
#include "services/issuing.hpp"
#include "services/people.hpp"

namespace peercert::services {

namespace {

using domain::ProposalEvent;
using domain::ProposalRecord;
using domain::ProposalStep;

std::string named(const domain::FrozenEdition& edition) { return edition.code + " " + edition.edition; }

std::string object_of(const domain::FrozenEdition& edition) { return "edition " + named(edition); }

const ProposalEvent* event_of(const ProposalRecord& record, ProposalStep step) {
    const auto found = std::find_if(record.events.begin(), record.events.end(),
                                    [step](const ProposalEvent& one) { return one.step == step; });
    return found == record.events.end() ? nullptr : &*found;
}

bool holds(const ProposalRecord& record) {
    return event_of(record, ProposalStep::published) != nullptr && event_of(record, ProposalStep::withdrawn) == nullptr;
}

bool same_edition(const ProposalRecord& one, const ProposalRecord& other) {
    return one.proposal.edition.edition == other.proposal.edition.edition;
}

std::string beginning_of_digest(std::string_view typed) {
    std::string digest;
    for (const char c : typed)
        digest += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const bool is_hex = std::all_of(digest.begin(), digest.end(),
                                    [](unsigned char c) { return std::isdigit(c) != 0 || (c >= 'a' && c <= 'f'); });
    if (!is_hex || digest.size() < shortest_digest || digest.size() > 64)
        throw Error(ErrorCode::invalid_input, "an approval names the text that was read: at least the first " +
                                                  std::to_string(shortest_digest) +
                                                  " characters of its digest, as `peercert curriculum proposals` shows "
                                                  "it");
    return digest;
}

void note(storage::UnitOfWork& work, std::string_view action, const domain::FrozenEdition& edition) {
    work.audit.append({.action = action, .object = object_of(edition), .after = edition.digest});
}

} // namespace

std::string_view state_word(ProposalState state) {
    switch (state) {
    case ProposalState::draft: return "draft";
    case ProposalState::approved: return "approved";
    case ProposalState::published: return "published";
    case ProposalState::superseded: return "superseded";
    case ProposalState::replaced: return "replaced";
    case ProposalState::withdrawn: return "withdrawn";
    }
    return {};
}

ProposalView Publishing::view(storage::UnitOfWork& work, ProposalRecord record,
                              const std::vector<ProposalRecord>& of_code) const {
    ProposalView seen;
    const auto code_of = [&work](PersonId person) { return work.people.of(person).code.str(); };
    seen.body = work.organizations.of(record.proposal.body).code;
    seen.proposed_by = code_of(record.proposal.proposed_by);
    for (const ProposalEvent& one : record.events) {
        seen.event_by.push_back(one.person ? code_of(one.person) : "");
        const auto& by = seen.approved_by; // two records of one human are one approval
        if (one.step == ProposalStep::approved && std::find(by.begin(), by.end(), seen.event_by.back()) == by.end())
            seen.approved_by.push_back(seen.event_by.back());
    }
    if (const ProposalEvent* published = event_of(record, ProposalStep::published))
        seen.first_day = published->day;
    const bool newer = std::any_of(of_code.begin(), of_code.end(), [&record](const ProposalRecord& other) {
        return same_edition(other, record) && record.proposal.id < other.proposal.id;
    });
    if (event_of(record, ProposalStep::withdrawn) != nullptr) {
        seen.state = ProposalState::withdrawn;
    } else if (seen.first_day) {
        for (const ProposalRecord& other : of_code)
            if (holds(other) && !same_edition(other, record))
                if (const Date begins = event_of(other, ProposalStep::published)->day;
                    *seen.first_day < begins && (!seen.last_day || begins <= *seen.last_day))
                    seen.last_day = add_days(begins, -1);
        seen.state =
            seen.last_day && *seen.last_day < house_.today() ? ProposalState::superseded : ProposalState::published;
    } else if (newer) {
        seen.state = ProposalState::replaced;
    } else {
        seen.state = seen.approved_by.size() >= approvals_needed ? ProposalState::approved : ProposalState::draft;
    }
    seen.record = std::move(record);
    return seen;
}

ProposalView Publishing::newest(storage::UnitOfWork& work, std::string_view code, std::string_view edition) const {
    auto record = work.proposals.newest(code, edition);
    if (!record)
        throw Error(ErrorCode::not_found, "nobody has proposed an edition " + std::string(edition) + " of " +
                                              std::string(code) +
                                              "; `peercert curriculum proposals` shows what was proposed");
    return view(work, std::move(*record), work.proposals.list(code));
}

OrganizationId Publishing::body_meant(storage::UnitOfWork& work, const Edition& edition,
                                      const std::string& wanted) const {
    const auto published = work.proposals.published(edition.code);
    OrganizationId body;
    if (!wanted.empty())
        body = certifier_of(work, edition, wanted).id;
    else if (!published.empty())
        body = published.front().body;
    else
        throw Error(ErrorCode::invalid_input, "which organization answers for " + edition.code +
                                                  "? name it with --body; `peercert organization list` shows them");
    if (!published.empty() && published.front().body != body)
        throw Error(ErrorCode::forbidden, edition.code + " is published by " +
                                              work.organizations.of(published.front().body).code + ", not by " +
                                              wanted);
    const std::vector<OrganizationId> issuers = work.credentials.issuers_of(edition.code);
    if (published.empty() && !issuers.empty() && std::find(issuers.begin(), issuers.end(), body) == issuers.end())
        throw Error(ErrorCode::forbidden, "credentials of " + edition.code +
                                              " are issued by another organization than " + wanted +
                                              "; whoever issues them publishes their rules");
    return body;
}

PersonId Publishing::acting(storage::UnitOfWork& work, const Actor& actor, std::string_view by, Action action,
                            OrganizationId body) const {
    if (by.empty() && actor.is_operator())
        throw Error(ErrorCode::invalid_input,
                    "a rule is proposed and approved by people of the record: name who does, with --by PERSON or "
                    "--as P-...");
    const domain::Person person =
        by.empty() ? work.people.of(actor.person) : person_of(work, actor, by, house_.today());
    if (!actor.is_operator() && !work.merges.same(actor.person, person.id))
        throw Error(ErrorCode::forbidden, "nobody proposes or approves in the name of somebody else");
    const Date today = house_.today();
    if (is_gone(person, today) || !may(work, {"", person.id}, action, {PersonId{}, body}, today))
        throw Error(ErrorCode::forbidden,
                    person.code.str() + " may not do this for " + work.organizations.of(body).code +
                        (action == Action::approve_rules
                             ? " today: its rules are approved by its administrators"
                             : " today: a draft is proposed by its administrators, coordinators and reviewers") +
                        " (peercert organization grant)");
    return person.kept;
}

void Publishing::refuse_stale(storage::UnitOfWork& work, std::string_view code) const {
    std::vector<std::string> known, there;
    for (const auto& edition : rulebook_.catalogue().of(code))
        if (edition->origin == curricula::published_origin)
            known.push_back(edition->digest);
    for (const domain::PublishedEdition& one : work.proposals.published(code))
        there.push_back(one.edition.digest);
    std::sort(known.begin(), known.end());
    std::sort(there.begin(), there.end());
    if (known != there)
        throw Error(ErrorCode::conflict,
                    "what is published of " + std::string(code) + " is not what was looked at; ask once more");
}

Edition Publishing::read(const ProposalView& proposal) const {
    const domain::FrozenEdition& kept = proposal.record.proposal.edition;
    Edition edition = curricula::from_full_text({named(kept), kept.text, "proposed"}, &rulebook_.kinds());
    if (edition.digest != kept.digest)
        throw Error(ErrorCode::unavailable,
                    "the kept text of " + named(kept) + " was changed past the program; run peercert audit verify");
    return edition;
}

DraftCheck Publishing::check(const ProposalView& proposal) const {
    const domain::Proposal& kept = proposal.record.proposal;
    return check_draft(house_, rulebook_, read(proposal), {"cases of " + named(kept.edition), kept.cases, "proposed"},
                       kept.because);
}

Reviewed Publishing::propose(const Actor& actor, const ProposeRequest& request, Mode mode) {
    curricula::ReadEdition file =
        curricula::read_edition(request.file, &rulebook_.kinds(), rulebook_.catalogue().bases(request.file.name));
    if (!file.edition)
        throw Error(ErrorCode::invalid_input, "the file has errors:\n" + to_text(file.problems));
    const Edition& edition = *file.edition;
    Reviewed answer{{}, check_draft(house_, rulebook_, edition, request.cases, request.because), false};
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        domain::Proposal proposal;
        proposal.edition = kept_form(edition);
        proposal.cases = request.cases.text;
        proposal.because = request.because;
        proposal.body = body_meant(work, edition, request.body);
        proposal.proposed_by = acting(work, actor, request.by, Action::propose_rules, proposal.body);
        const std::string name = named(proposal.edition);
        const auto kept = work.editions.digest_of(edition.code, edition.edition);
        if (kept && *kept != edition.digest)
            throw Error(ErrorCode::conflict, "another text of " + name +
                                                 " was published or is relied on; give the change an edition of its "
                                                 "own (edition: in the head of the file)");
        if (work.proposals.newest(edition.code, edition.edition)) {
            const ProposalView last = newest(work, edition.code, edition.edition);
            const domain::Proposal& before = last.record.proposal;
            if (holds(last.record))
                throw Error(ErrorCode::conflict, name + " is published already");
            if (last.state != ProposalState::withdrawn && before.edition.digest == edition.digest &&
                before.cases == proposal.cases && before.because == proposal.because && before.body == proposal.body)
                throw Error(ErrorCode::conflict, "this text of " + name + " is proposed already, by " +
                                                     last.proposed_by + "; it waits for its approvals");
        }
        answer.done = answer.check.fit();
        if (!answer.done)
            return;
        work.proposals.add(proposal);
        note(work, "edition.proposed", proposal.edition);
        answer.proposal = newest(work, edition.code, edition.edition);
    });
    return answer;
}

ProposalView Publishing::approve(const Actor& actor, std::string_view code, std::string_view edition,
                                 std::string_view digest, std::string_view by, Mode mode) {
    const std::string wanted = beginning_of_digest(digest);
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const ProposalView draft = newest(work, code, edition);
        const domain::Proposal& proposal = draft.record.proposal;
        const std::string name = named(proposal.edition);
        if (draft.state != ProposalState::draft && draft.state != ProposalState::approved)
            throw Error(ErrorCode::conflict,
                        name + " is " + std::string(state_word(draft.state)) + "; there is nothing to approve");
        const std::vector<ProposalRecord> all = work.proposals.list(code);
        if (!proposal.edition.digest.starts_with(wanted)) {
            const bool earlier = std::any_of(all.begin(), all.end(), [&](const ProposalRecord& one) {
                return same_edition(one, draft.record) && one.proposal.edition.digest.starts_with(wanted);
            });
            throw Error(ErrorCode::conflict,
                        earlier
                            ? "the draft of " + name +
                                  " was changed since that text; read the new one (peercert curriculum proposals " +
                                  std::string(code) + ":" + std::string(edition) + ") and approve that"
                            : "the draft of " + name + " has another digest; was it another edition that was read?");
        }
        const PersonId person = acting(work, actor, by, Action::approve_rules, proposal.body);
        for (const ProposalRecord& one : all)
            if (work.merges.same(one.proposal.proposed_by, person) &&
                one.proposal.edition.digest == proposal.edition.digest)
                throw Error(ErrorCode::forbidden,
                            "whoever proposed a text does not approve it; two other administrators do");
        work.proposals.add_event(proposal.id,
                                 {.step = ProposalStep::approved, .person = person, .day = house_.today()});
        note(work, "edition.approved", proposal.edition);
        return newest(work, code, edition);
    });
}

Reviewed Publishing::publish(const Actor& actor, std::string_view code, std::string_view edition, Mode mode) {
    Reviewed answer = review(code, edition); // before the change: cases take their time
    const domain::Proposal& looked_at = answer.proposal.record.proposal;
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        ProposalView approved = newest(work, code, edition);
        const domain::Proposal& proposal = approved.record.proposal;
        PersonId person;
        if (!actor.is_operator())
            person = acting(work, actor, {}, Action::approve_rules, proposal.body);
        const std::string name = named(proposal.edition);
        if (proposal.id != looked_at.id)
            throw Error(ErrorCode::conflict, "the draft of " + name + " was changed meanwhile; ask once more");
        refuse_stale(work, code);
        if (approved.state != ProposalState::approved) {
            const std::size_t there = approved.approved_by.size();
            throw Error(ErrorCode::conflict,
                        approved.state == ProposalState::draft
                            ? name + " has " + std::to_string(there) + " of " + std::to_string(approvals_needed) +
                                  " approvals; two administrators who did not propose it have to approve it"
                            : name + " is " + std::string(state_word(approved.state)) +
                                  "; there is nothing to publish");
        }
        answer.done = answer.check.fit();
        if (!answer.done)
            return;
        work.editions.freeze(proposal.edition);
        work.proposals.add_event(proposal.id,
                                 {.step = ProposalStep::published, .person = person, .day = answer.check.first_day});
        note(work, "edition.published", proposal.edition);
        answer.proposal = newest(work, code, edition);
    });
    return answer;
}

ProposalView Publishing::withdraw(const Actor& actor, std::string_view code, std::string_view edition,
                                  std::string_view because, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const ProposalView there = newest(work, code, edition);
        const domain::Proposal& proposal = there.record.proposal;
        PersonId person;
        if (!actor.is_operator())
            person = acting(work, actor, {}, Action::approve_rules, proposal.body);
        const std::string name = named(proposal.edition);
        if (there.state == ProposalState::withdrawn)
            throw Error(ErrorCode::conflict, name + " is withdrawn already");
        const Date today = today_for(house_, read(there));
        if (there.first_day && *there.first_day <= today)
            throw Error(ErrorCode::conflict, name + " holds since " + to_text(*there.first_day) +
                                                 "; publish another edition that takes its place");
        if (there.first_day && work.editions.relied_on(code, edition))
            throw Error(ErrorCode::conflict,
                        "something relies on " + name + " already; publish another edition that takes its place");
        work.proposals.add_event(
            proposal.id,
            {.step = ProposalStep::withdrawn, .person = person, .day = house_.today(), .reason = std::string(because)});
        note(work, "edition.withdrawn", proposal.edition);
        return newest(work, code, edition);
    });
}

std::vector<ProposalView> Publishing::list(std::string_view code) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        std::vector<ProposalView> views;
        const std::vector<ProposalRecord> all = work.proposals.list(code);
        for (const ProposalRecord& one : all) {
            std::vector<ProposalRecord> of_code;
            std::copy_if(all.begin(), all.end(), std::back_inserter(of_code), [&one](const ProposalRecord& other) {
                return other.proposal.edition.code == one.proposal.edition.code;
            });
            views.push_back(view(work, one, of_code));
        }
        return views;
    });
}

Reviewed Publishing::review(std::string_view code, std::string_view edition) {
    Reviewed seen;
    seen.proposal = house_.store.read([&](storage::UnitOfWork& work) { return newest(work, code, edition); });
    seen.check = check(seen.proposal);
    return seen;
}

std::shared_ptr<const Edition> Publishing::open_draft(std::string_view code, std::string_view edition) {
    const auto found = house_.store.read([&](storage::UnitOfWork& work) {
        return work.proposals.newest(code, edition) ? std::optional(newest(work, code, edition)) : std::nullopt;
    });
    if (!found || (found->state != ProposalState::draft && found->state != ProposalState::approved))
        return nullptr;
    return std::make_shared<const Edition>(read(*found));
}

std::vector<curricula::PublishedText> published_texts(storage::Store& store) {
    return store.read([](storage::UnitOfWork& work) {
        std::vector<curricula::PublishedText> texts;
        for (domain::PublishedEdition& one : work.proposals.published())
            texts.push_back({std::move(one.edition.code), std::move(one.edition.edition), std::move(one.edition.digest),
                             std::move(one.edition.text), one.first_day});
        return texts;
    });
}

} // namespace peercert::services
