#include "services/continuing_education.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "services/departure.hpp"
#include "services/known_words.hpp"

namespace peercert::services {

namespace {

using domain::LedgerEntry;

std::string called(EntryId id) { return "entry " + std::to_string(id.value()); }

void check_topics(const std::vector<std::string>& topics, const KnownWords& known) {
    for (const std::string& topic : topics)
        known.check_tag(topic);
}

void collect(const Finding& finding, int depth, bool inside, std::vector<CeLine>& lines) {
    const bool is_ce = inside || finding.kind == "CE";
    if (is_ce)
        lines.push_back({depth, &finding});
    for (const Finding& part : finding.parts)
        collect(part, is_ce ? depth + 1 : depth, is_ce, lines);
}

} // namespace

domain::CeApprovalId ContinuingEducation::approve(const Actor& actor, const NewApproval& asked, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Organization body = organization_of(work, asked.body);
        authorize(work, actor, Action::decide, {PersonId{}, body.id}, today);
        if (body.kind != domain::OrganizationKind::certifying_body)
            throw Error(ErrorCode::invalid_input,
                        body.code + " certifies nobody, so it approves no continuing education");
        domain::CeApproval approval;
        approval.body = body.id;
        approval.provider = organization_of(work, asked.provider).id;
        approval.course = asked.course;
        approval.topics = asked.topics;
        approval.minutes = asked.minutes;
        approval.days = {asked.first_day.value_or(today), asked.last_day};
        approval.replaces = asked.replaces;
        check_topics(asked.topics, KnownWords(rulebook_.catalogue()));
        if (asked.replaces) {
            const auto before = work.ce_approvals.find(asked.replaces);
            if (before && before->body != body.id)
                throw Error(ErrorCode::forbidden, "approval " + std::to_string(asked.replaces.value()) +
                                                      " is another body's; only that body changes it");
        }
        const auto id = work.ce_approvals.add(approval);
        work.audit.append({.action = "ce.approved", .object = "approval " + std::to_string(id.value())});
        return id;
    });
}

void ContinuingEducation::withdraw_approval(const Actor& actor, domain::CeApprovalId id, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Error missing(ErrorCode::not_found, "there is no approval " + std::to_string(id.value()));
        auto approval = work.ce_approvals.find(id);
        if (!approval)
            throw Error(missing);
        authorize(work, actor, Action::decide, {PersonId{}, approval->body}, house_.today());
        approval->replaces = id;
        approval->withdrawn = true;
        work.ce_approvals.add(*approval);
        work.audit.append({.action = "ce.approval_withdrawn", .object = "approval " + std::to_string(id.value())});
    });
}

std::vector<ContinuingEducation::ApprovalView> ContinuingEducation::approvals(std::string_view provider) {
    return house_.store.read([&](storage::UnitOfWork& work) { // what is approved is no secret
        std::vector<ApprovalView> views;
        for (domain::CeApproval& one : provider.empty()
                                           ? work.ce_approvals.standing()
                                           : work.ce_approvals.standing_of(organization_of(work, provider).id))
            views.push_back({one, work.organizations.of(one.body).code, work.organizations.of(one.provider).code});
        return views;
    });
}

EntryId ContinuingEducation::add_line(const Actor& actor, const OwnLine& line, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Person person = person_of(work, actor, line.person, today);
        if (!may(work, actor, Action::record_entry, {person.id, {}}, today))
            authorize(work, actor, Action::add_own_line, {person.id, {}}, today);
        NewRecord record{.kind = EntryKind::ce,
                         .first_day = line.day,
                         .amount = line.minutes.count(),
                         .code = line.course,
                         .tags = line.topics,
                         .document_digest = line.document_digest};
        check_record(record, today);
        check_words(record, KnownWords(rulebook_.catalogue()));
        if (line.document_digest.empty())
            throw Error(ErrorCode::invalid_input, "which document shows it? give the SHA-256 of the certificate; the "
                                                  "document itself stays with you");
        domain::NewEntry entry;
        entry.person = person.id;
        entry.kind = EntryKind::ce;
        entry.result = EntryResult::pending;
        entry.first_day = entry.last_day = line.day;
        entry.amount = line.minutes.count();
        entry.code = line.course;
        entry.tags = line.topics;
        entry.provider = line.provider.empty() ? "" : organization_of(work, line.provider).code;
        entry.asserted_by = person.id;
        entry.document_digest = line.document_digest;
        for (const LedgerEntry& before : work.entries.of_person(person.id))
            if (before.kind == EntryKind::ce && before.counts()) {
                if (before.document_digest == entry.document_digest) // one certificate, one line
                    throw Error(ErrorCode::conflict, "that document shows " + called(before.id) + " already");
                if (before.last_day == line.day && before.code == entry.code &&
                    (before.provider == entry.provider || entry.provider.empty()))
                    throw Error(ErrorCode::conflict, "that is on record already, as " + called(before.id));
            }
        refuse_after_departure(person, line.day, "continuing education");
        const EntryId id = work.entries.add(entry);
        work.audit.append({.action = "ce.line_added", .object = called(id)});
        return id;
    });
}

Replaced ContinuingEducation::settle(const Actor& actor, EntryId id, bool accepted, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const Error missing(ErrorCode::not_found, "there is no line of continuing education with " + called(id));
        const auto line = work.entries.find(id);
        if (!line || line->kind != EntryKind::ce)
            throw Error(missing);
        if (!may(work, actor, Action::decide, {line->person, {}}, today))
            authorize(work, actor, Action::record_entry, {line->person, {}}, today, missing);
        refuse_self(work, actor.person, line->person, "accept hours");
        if (!line->counts() || line->result != EntryResult::pending)
            throw Error(ErrorCode::conflict, called(id) + " does not wait for anybody");
        auto next = static_cast<const domain::NewEntry&>(*line);
        next.typed_by.clear();
        next.replaces = id;
        next.result = accepted ? EntryResult::approved : EntryResult::refused;
        const EntryId by = work.entries.add(next);
        work.audit.append({.action = accepted ? "ce.line_accepted" : "ce.line_refused",
                           .object = called(by) + " for " + std::to_string(id.value())});
        return Replaced{by, relying_on(work, line->person, {id}), std::nullopt};
    });
}

std::vector<CeLine> ce_balance(const Finding& finding) {
    std::vector<CeLine> lines;
    collect(finding, 0, false, lines);
    return lines;
}

} // namespace peercert::services
