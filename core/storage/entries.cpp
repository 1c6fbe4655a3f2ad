#include "storage/entries.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include <soci/soci.h>

#include "domain/text.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/values.hpp"

namespace peercert::storage {

namespace {

using domain::Authority;
using domain::LedgerEntry;
using domain::NewEntry;

/// The text columns of an entry, cleaned.
struct Words {
    std::string kind;
    std::string result;
    std::string first_day;
    std::string last_day;
    std::string code;
    std::string tags;
    std::string provider;
    std::string authority_role;
    std::string authority_first;
    std::string authority_last;
    std::string authority_credential;
    std::string edition;
    std::string typed_by;
    std::string wording;
    std::string document_digest;
    std::string late_reason;
};

std::string optional_code(const std::string& text, std::string_view what) {
    return text.empty() ? std::string{} : domain::clean_word(text, what);
}

std::string optional_text(const std::string& text, std::string_view what) {
    return domain::clean_text(text, {what, 120, true});
}

std::string joined(std::vector<std::string> tags) {
    for (auto& tag : tags)
        tag = domain::clean_word(tag, "tag");
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    if (tags.size() > Tags::most)
        throw Error(ErrorCode::invalid_input, "an entry carries at most eight tags");
    std::string text;
    for (const auto& tag : tags)
        text += (text.empty() ? "" : ",") + tag;
    return text;
}

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t from = 0; from < text.size();) {
        const auto end = std::min(text.find(',', from), text.size());
        words.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return words;
}

Words words_of(const NewEntry& entry, const std::string& actor) {
    if (!entry.first_day.ok() || !entry.last_day.ok() || entry.last_day < entry.first_day)
        throw Error(ErrorCode::invalid_input, "the entry ends before it begins, or on a day that does not exist");
    if (entry.amount < 0)
        throw Error(ErrorCode::invalid_input, "the amount of an entry is never negative");
    Words words;
    words.kind = domain::to_text(entry.kind);
    words.result = domain::to_text(entry.result);
    words.first_day = to_text(entry.first_day);
    words.last_day = to_text(entry.last_day);
    words.code = optional_code(entry.code, "code");
    words.tags = joined(entry.tags);
    words.provider = optional_code(entry.provider, "provider");
    if (entry.authority) {
        words.authority_role = optional_text(entry.authority->role, "role of who vouches");
        words.authority_first = entry.authority->held.first ? to_text(*entry.authority->held.first) : std::string{};
        words.authority_last = entry.authority->held.last ? to_text(*entry.authority->held.last) : std::string{};
        words.authority_credential = optional_text(entry.authority->credential, "credential of who vouches");
        if (words.authority_role.empty())
            throw Error(ErrorCode::invalid_input, "who vouches for an entry does so in a role");
    }
    words.edition = optional_text(entry.edition, "edition");
    words.typed_by = entry.typed_by.empty() ? actor : optional_text(entry.typed_by, "name of who typed it");
    words.wording = optional_code(entry.wording, "version of the wording");
    words.document_digest = optional_code(entry.document_digest, "digest of the document");
    words.late_reason = entry.late_reason ? std::string(to_text(*entry.late_reason)) : std::string{};
    return words;
}

/// A row on its way in; bound once, prepared once a session.
struct AddEntry final : KeptStatement {
    explicit AddEntry(Connection& connection)
        : statement((
              connection.sql().prepare << "insert into entry (person, last_day, id, kind, result, first_day, amount, "
                                          "code, tags, provider, session, "
                                          "cohort, authority_role, authority_first, authority_last, "
                                          "authority_credential, replaces, withdrawn, "
                                          "recorded_at, edition, asserted_by, typed_by, wording, document_digest, "
                                          "late_reason, audit, mark) values "
                                          "(:person, :last, :id, :kind, :result, :first, :amount, :code, :tags, "
                                          ":provider, :session, :cohort, :role, "
                                          ":held_first, :held_last, :held_credential, :replaces, :withdrawn, :now, "
                                          ":edition, :asserted, :typed, "
                                          ":wording, :digest, :late, :audit, :mark)",
              soci::use(person), soci::use(words.last_day), soci::use(id), soci::use(words.kind),
              soci::use(words.result), soci::use(words.first_day), soci::use(amount), soci::use(words.code),
              soci::use(words.tags), soci::use(words.provider), soci::use(session.value, session.state),
              soci::use(cohort.value, cohort.state), soci::use(words.authority_role), soci::use(words.authority_first),
              soci::use(words.authority_last), soci::use(words.authority_credential),
              soci::use(replaces.value, replaces.state), soci::use(withdrawn), soci::use(now), soci::use(words.edition),
              soci::use(asserted_by.value, asserted_by.state), soci::use(words.typed_by), soci::use(words.wording),
              soci::use(words.document_digest), soci::use(words.late_reason), soci::use(audit), soci::use(mark))) {}
    long long person{0};
    long long id{0};
    long long amount{0};
    OptionalKey session;
    OptionalKey cohort;
    OptionalKey replaces;
    OptionalKey asserted_by;
    long long withdrawn{0};
    long long audit{0};
    long long mark{0};
    Words words;
    std::string now;
    soci::statement statement;
};

struct NextEntry final : KeptStatement {
    explicit NextEntry(Connection& connection)
        : statement((connection.sql().prepare << "select coalesce(max(id), 0) + 1 from entry", soci::into(id))) {}
    long long take() {
        statement.execute();
        while (statement.fetch())
            continue;
        return id;
    }
    long long id{0};
    soci::statement statement;
};

constexpr FixedSql entry_columns =
    "select entry.person, entry.last_day, entry.id, entry.kind, entry.result, entry.first_day, entry.amount, "
    "entry.code, "
    "entry.tags, entry.provider, coalesce(entry.session, 0), coalesce(entry.cohort, 0), entry.authority_role, "
    "entry.authority_first, entry.authority_last, entry.authority_credential, coalesce(entry.replaces, 0), "
    "entry.withdrawn, "
    "entry.recorded_at, entry.edition, coalesce(entry.asserted_by, 0), entry.typed_by, entry.wording, "
    "entry.document_digest, "
    "entry.late_reason, coalesce(later.id, 0) from entry left join entry later on later.replaces = entry.id ";

template <class... Bound>
std::vector<LedgerEntry> entries_where(Connection& connection, FixedSql rest, const Bound&... bound) {
    Words words;
    std::string recorded_at;
    long long person = 0;
    long long id = 0;
    long long amount = 0;
    long long session = 0;
    long long cohort = 0;
    long long replaces = 0;
    long long withdrawn = 0;
    long long asserted_by = 0;
    long long superseded_by = 0;
    soci::statement statement(connection.sql());
    (statement.exchange(soci::use(bound)), ...);
    const auto into = [&statement](auto&... variables) { (statement.exchange(soci::into(variables)), ...); };
    into(person, words.last_day, id, words.kind, words.result, words.first_day, amount, words.code, words.tags,
         words.provider, session, cohort, words.authority_role, words.authority_first, words.authority_last,
         words.authority_credential, replaces, withdrawn, recorded_at, words.edition, asserted_by, words.typed_by,
         words.wording, words.document_digest, words.late_reason, superseded_by);
    statement.alloc();
    statement.prepare(joined_sql(entry_columns, rest));
    statement.define_and_bind();
    statement.execute();
    std::vector<LedgerEntry> found;
    while (statement.fetch()) {
        LedgerEntry entry;
        entry.person = PersonId(person);
        entry.kind = word_of(domain::parse_entry_kind(words.kind));
        entry.result = word_of(domain::parse_entry_result(words.result));
        entry.first_day = day_of(words.first_day);
        entry.last_day = day_of(words.last_day);
        entry.amount = amount;
        entry.code = words.code;
        entry.edition = words.edition;
        entry.tags = split(words.tags);
        entry.provider = words.provider;
        entry.session = SessionId(session);
        entry.cohort = CohortId(cohort);
        entry.asserted_by = PersonId(asserted_by);
        entry.typed_by = words.typed_by;
        if (!words.authority_role.empty())
            entry.authority =
                Authority{words.authority_role,
                          words.authority_credential,
                          {optional_day_of(words.authority_first), optional_day_of(words.authority_last)}};
        entry.wording = words.wording;
        entry.document_digest = words.document_digest;
        if (!words.late_reason.empty())
            entry.late_reason = word_of(domain::parse_late_reason(words.late_reason));
        entry.replaces = EntryId(replaces);
        entry.withdrawn = withdrawn != 0;
        entry.id = EntryId(id);
        entry.recorded_at = instant_of(recorded_at);
        entry.superseded_by = EntryId(superseded_by);
        found.push_back(std::move(entry));
    }
    return found;
}

std::string number(EntryId id) { return "entry " + std::to_string(id.value()); }

} // namespace

EntryId Entries::add(const NewEntry& entry) {
    connection_.changing();
    if (entry.replaces) {
        const auto old = find(entry.replaces);
        if (!old)
            throw Error(ErrorCode::not_found, "there is no " + number(entry.replaces) + " to correct");
        if (old->person != entry.person || old->kind != entry.kind)
            throw Error(ErrorCode::invalid_input, "a correction keeps the person and the kind of " +
                                                      number(entry.replaces) + "; withdraw it instead");
        if (old->superseded_by)
            throw Error(ErrorCode::conflict, number(entry.replaces) + " was corrected by " +
                                                 number(old->superseded_by) + " already; correct that one");
        if (old->withdrawn)
            throw Error(ErrorCode::conflict, number(entry.replaces) + " is a withdrawal; add a new entry instead");
    } else if (entry.withdrawn) {
        throw Error(ErrorCode::invalid_input, "a withdrawal names the entry that no longer counts");
    }
    auto& kept = connection_.kept<AddEntry>();
    kept.words = words_of(entry, connection_.actor());
    kept.person = entry.person.value();
    kept.id = connection_.kept<NextEntry>().take();
    kept.amount = entry.amount;
    kept.session = OptionalKey(entry.session);
    kept.cohort = OptionalKey(entry.cohort);
    kept.replaces = OptionalKey(entry.replaces);
    kept.asserted_by = OptionalKey(entry.asserted_by);
    kept.withdrawn = entry.withdrawn ? 1 : 0;
    kept.now = connection_.now_text();
    kept.audit = connection_.next_audit();
    const Words& w = kept.words;
    RowText row("entry");
    row.add(kept.person).add(w.last_day).add(kept.id).add(w.kind).add(w.result).add(w.first_day).add(kept.amount);
    row.add(w.code).add(w.tags).add(w.provider).add_key(kept.session.value).add_key(kept.cohort.value);
    row.add(w.authority_role).add(w.authority_first).add(w.authority_last).add(w.authority_credential);
    row.add_key(kept.replaces.value).add(kept.withdrawn).add(kept.now).add(w.edition).add_key(kept.asserted_by.value);
    row.add(w.typed_by).add(w.wording).add(w.document_digest).add(w.late_reason);
    kept.mark = mark_of(connection_.added(row));
    kept.statement.execute(true);
    return EntryId(kept.id);
}

std::optional<LedgerEntry> Entries::find(EntryId id) {
    const long long key = id.value();
    auto found = entries_where(connection_, "where entry.id = :id", key);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

LedgerEntry Entries::of(EntryId id) {
    if (auto found = find(id))
        return *found;
    throw Error(ErrorCode::not_found, "there is no " + number(id));
}

std::vector<LedgerEntry> Entries::of_person(PersonId person) {
    std::vector<LedgerEntry> lines;
    const Group group = group_of(connection_, person);
    for (const PersonId one : group) {
        const long long key = one.value();
        auto own = entries_where(connection_, "where entry.person = :person order by entry.last_day, entry.id", key);
        std::move(own.begin(), own.end(), std::back_inserter(lines));
    }
    if (group.size() > 1)
        std::sort(lines.begin(), lines.end(), [](const LedgerEntry& a, const LedgerEntry& b) {
            return std::tie(a.last_day, a.id) < std::tie(b.last_day, b.id);
        });
    return lines;
}

std::vector<LedgerEntry> Entries::of_session(SessionId session) {
    const long long key = session.value();
    return entries_where(connection_, "where entry.session = :session order by entry.id", key);
}

std::vector<LedgerEntry> Entries::counting_on(PersonId person, EntryKind kind, Date last_day) {
    const std::string word(domain::to_text(kind));
    const std::string day = to_text(last_day);
    std::vector<LedgerEntry> lines;
    for (const PersonId one : group_of(connection_, person)) {
        const long long key = one.value();
        auto own = entries_where(connection_,
                                 "where entry.person = :person and entry.last_day = :day and entry.kind = :kind and "
                                 "entry.withdrawn = 0 and later.id is null order by entry.id",
                                 key, day, word);
        std::move(own.begin(), own.end(), std::back_inserter(lines));
    }
    std::sort(lines.begin(), lines.end(), [](const LedgerEntry& a, const LedgerEntry& b) { return a.id < b.id; });
    return lines;
}

std::vector<LedgerEntry> Entries::vouched_for_by(PersonId person, std::optional<Date> from) {
    const std::string first = from ? to_text(*from) : std::string{};
    std::vector<LedgerEntry> lines;
    for (const PersonId one : group_of(connection_, person)) {
        const long long key = one.value();
        auto own =
            entries_where(connection_, "where entry.asserted_by = :person and entry.last_day >= :first", key, first);
        std::move(own.begin(), own.end(), std::back_inserter(lines));
    }
    std::sort(lines.begin(), lines.end(), [](const LedgerEntry& a, const LedgerEntry& b) {
        return std::pair(a.last_day, a.id) < std::pair(b.last_day, b.id);
    });
    return lines;
}

std::optional<LedgerEntry> Entries::attendance(SessionId session, PersonId person) {
    const long long session_key = session.value();
    const std::string kind(domain::to_text(EntryKind::attendance));
    for (const PersonId one : group_of(connection_, person)) {
        const long long person_key = one.value();
        auto found = entries_where(connection_,
                                   "where entry.session = :session and entry.person = :person and entry.kind = :kind "
                                   "and entry.withdrawn = 0 and later.id is null order by entry.id",
                                   session_key, person_key, kind);
        if (!found.empty())
            return std::move(found.front());
    }
    return std::nullopt;
}

} // namespace peercert::storage
