#include "storage/people_import.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "storage/detail/import_rows.hpp"
#include "storage/detail/likeness.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/unit_of_work.hpp"

namespace peercert::storage {

namespace {

constexpr std::size_t rows_at_once = 16'384; // some megabytes

/// By what a row is recognised, in the order in which it is asked for.
enum class Pair : std::uint32_t { name_born, certificate_born, email_born, email_name, email_certificate };

/// A key of a row of this batch.
struct Key {
    std::int64_t key;
    std::uint32_t row;
    Pair pair;
};

/// Somebody who may be the human in a row: a person in the record, or the first row that was kept of a group of rows
/// that share a key.
struct Candidate {
    std::uint32_t row;
    Pair pair;
    bool stored;
    std::int64_t who; ///< a person, or a group
};

/// Orders keys by value, equal ones by row. The values are hashes, evenly spread, so their first bits sort most of it.
class KeySorter {
public:
    void sort(std::vector<Key>& keys) {
        ends_.fill(0);
        for (const Key& key : keys)
            ++ends_[bucket(key)];
        std::size_t sum = 0;
        for (std::size_t& end : ends_)
            end = std::exchange(sum, sum + end);
        sorted_.resize(keys.size());
        for (const Key& key : keys)
            sorted_[ends_[bucket(key)]++] = key;
        auto from = sorted_.begin();
        for (const std::size_t end : ends_) {
            const auto to = sorted_.begin() + static_cast<std::ptrdiff_t>(end);
            std::sort(from, to,
                      [](const Key& a, const Key& b) { return a.key != b.key ? a.key < b.key : a.row < b.row; });
            from = to;
        }
        keys.swap(sorted_);
    }

private:
    static std::size_t bucket(const Key& key) {
        return static_cast<std::size_t>((static_cast<std::uint64_t>(key.key) ^ (std::uint64_t{1} << 63U)) >> 52U);
    }
    std::array<std::size_t, 4096> ends_{};
    std::vector<Key> sorted_;
};

} // namespace

struct PeopleImport::Parts {
    Parts(UnitOfWork& unit, Connection& unit_connection)
        : work(unit), connection(unit_connection), codes(connection.installation().number_key),
          keys_of(connection.installation().audit_salt) {
        if (connection.backend() == Backend::postgresql)
            writer = std::make_unique<PeopleWriterOf<PostgresStatement>>(connection);
        else
            writer = std::make_unique<PeopleWriterOf<SqliteStatement>>(connection);
    }

    void store_waiting();
    void collect_keys();
    void find_candidates();
    bool is_duplicate(ImportRow& row, const Candidate& candidate);
    void find_duplicates();
    void find_namesakes();
    void store_kept();
    void add_matches();

    UnitOfWork& work;
    Connection& connection;
    domain::CodeBook codes;
    MatchKeys keys_of;
    PersonText text;
    Salts salts;
    std::unique_ptr<PeopleWriter> writer;
    Tell tell;
    std::int64_t first{0};
    std::int64_t last{0};
    std::int64_t added{0};
    std::string today; ///< first day of names and contacts

    std::vector<ImportRow> rows;
    std::size_t waiting{0};
    std::vector<Key> keys;
    KeySorter sorter;
    std::vector<Candidate> candidates;
    std::vector<ImportRow*> kept;
    std::vector<const ImportRow*> groups; ///< the first row kept of those that share a key, if any was
};

void PeopleImport::Parts::collect_keys() {
    keys.clear();
    for (std::uint32_t i = 0; i < waiting; ++i) {
        const ImportRow& row = rows[i];
        const bool certificate = !row.certificate.empty() && row.certificate_key != row.key;
        if (!row.born.empty()) {
            keys.push_back({keys_of.name_and_birthday(row.key, row.born), i, Pair::name_born});
            if (certificate)
                keys.push_back({keys_of.name_and_birthday(row.certificate_key, row.born), i, Pair::certificate_born});
        }
        if (row.email.empty())
            continue;
        if (!row.born.empty())
            keys.push_back({keys_of.email_and_birthday(row.email, row.born), i, Pair::email_born});
        keys.push_back({keys_of.email_and_name(row.email, row.key), i, Pair::email_name});
        if (certificate)
            keys.push_back({keys_of.email_and_name(row.email, row.certificate_key), i, Pair::email_certificate});
    }
    sorter.sort(keys);
}

/// Whoever shares a key with a row: in the record, or among the rows.
void PeopleImport::Parts::find_candidates() {
    candidates.clear();
    groups.clear();
    std::vector<std::int64_t> asked;
    asked.reserve(keys.size());
    for (const Key& key : keys)
        asked.push_back(key.key);
    MatchIndex::of(connection).find(asked, [&](std::size_t at, std::int64_t person) {
        candidates.push_back({keys[at].row, keys[at].pair, true, person});
    });
    for (std::size_t begin = 0, end = 0; begin < keys.size(); begin = end) {
        while (end < keys.size() && keys[end].key == keys[begin].key)
            ++end;
        if (end - begin < 2)
            continue;
        for (std::size_t i = begin; i < end; ++i)
            candidates.push_back({keys[i].row, keys[i].pair, false, static_cast<std::int64_t>(groups.size())});
        groups.push_back(nullptr);
    }
    // For each row by name before by address, those in the record first, by id.
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        return std::tuple(a.row, a.pair >= Pair::email_born, !a.stored, a.who) <
               std::tuple(b.row, b.pair >= Pair::email_born, !b.stored, b.who);
    });
}

/// Whether the candidate is as much alike as its key says: keys are hashes, texts decide. Nobody is looked for by an
/// address and the name on a certificate; that only helps to be found.
bool PeopleImport::Parts::is_duplicate(ImportRow& row, const Candidate& candidate) {
    const auto alike = [&](const auto& other) {
        const bool birthday = !row.born.empty() && other.born == row.born;
        if (candidate.pair >= Pair::email_born)
            return other.has_email(row.email) && (birthday || other.has_name(row.key));
        return birthday &&
               (other.has_name(row.key) || (!row.certificate.empty() && other.has_name(row.certificate_key)));
    };
    if (candidate.pair == Pair::email_certificate)
        return false;
    if (candidate.stored) {
        row.duplicate_of_row.reset();
        row.person = candidate.who;
        return alike(likeness_of(connection, PersonId(candidate.who)));
    }
    const ImportRow* earlier = groups[static_cast<std::size_t>(candidate.who)];
    if (earlier == nullptr)
        return false;
    row.duplicate_of_row = static_cast<std::size_t>(earlier - rows.data());
    return alike(*earlier);
}

void PeopleImport::Parts::find_duplicates() {
    auto candidate = candidates.begin();
    for (std::uint32_t i = 0; i < waiting; ++i) {
        ImportRow& row = rows[i];
        const auto first_candidate = candidate;
        row.kept = true;
        for (; candidate != candidates.end() && candidate->row == i; ++candidate)
            row.kept = row.kept && !is_duplicate(row, *candidate);
        if (!row.kept)
            continue;
        row.duplicate_of_row.reset();
        for (auto group = first_candidate; group != candidate; ++group)
            if (!group->stored && groups[static_cast<std::size_t>(group->who)] == nullptr)
                groups[static_cast<std::size_t>(group->who)] = &row;
    }
}

/// After those who are alike: rows of which too little is known to tell them from somebody of the same name.
void PeopleImport::Parts::find_namesakes() {
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> by_name; // in the order of the rows
    bool all_complete = true;
    for (std::uint32_t i = 0; i < waiting; ++i)
        if (rows[i].kept) {
            by_name[rows[i].key].push_back(i);
            all_complete = all_complete && rows[i].details().complete();
        }
    if (by_name.empty())
        return;
    const auto is_known = [](ImportRow& row) {
        row.kept = false;
        row.namesake = true;
    };
    each_person(connection, all_complete, [&](std::int64_t person, std::string_view key, const Details& details) {
        const auto named = by_name.find(key);
        if (named == by_name.end())
            return;
        for (const std::uint32_t i : named->second)
            if (rows[i].kept && may_be_one(rows[i].details(), details)) {
                rows[i].person = person;
                is_known(rows[i]);
            }
    });
    for (const auto& [key, same] : by_name)
        for (std::size_t at = 1; at < same.size(); ++at)
            for (std::size_t earlier = 0; earlier < at && rows[same[at]].kept; ++earlier)
                if (rows[same[earlier]].kept && may_be_one(rows[same[at]].details(), rows[same[earlier]].details())) {
                    rows[same[at]].duplicate_of_row = same[earlier];
                    is_known(rows[same[at]]);
                }
}

void PeopleImport::Parts::store_kept() {
    kept.clear();
    for (std::size_t i = 0; i < waiting; ++i)
        if (rows[i].kept)
            kept.push_back(&rows[i]);
    if (kept.empty())
        return;
    connection.changing();
    std::int64_t next = work.numbers.take_people(static_cast<std::int64_t>(kept.size()));
    first = first == 0 ? next : first;
    const Moment moment{connection.now_text(), today, connection.next_audit()};
    for (ImportRow* row : kept) {
        row->person = next++;
        row->code = codes.person(row->person).str();
        row->salt = salts.next();
        row->mark = mark_of(connection.added(text.of(*row, moment)));
    }
    last = next - 1;
    added += static_cast<std::int64_t>(kept.size());
    writer->add({kept.begin(), kept.end()}, moment);
    add_matches();
}

void PeopleImport::Parts::add_matches() {
    std::vector<Match> matches;
    matches.reserve(keys.size());
    for (const Key& key : keys)
        if (rows[key.row].kept)
            matches.push_back({key.key, rows[key.row].person});
    // They are in order but for an equal pair twice in one row.
    matches.erase(std::unique(matches.begin(), matches.end()), matches.end());
    MatchIndex::of(connection).add(matches);
}

void PeopleImport::Parts::store_waiting() {
    if (waiting == 0)
        return;
    collect_keys();
    find_candidates();
    find_duplicates();
    find_namesakes();
    store_kept();
    for (std::size_t i = 0; i < waiting && tell; ++i) {
        const ImportRow& row = rows[i];
        std::size_t at = i; // the row that it is like may itself be like an earlier one
        while (rows[at].duplicate_of_row)
            at = *rows[at].duplicate_of_row;
        const PersonId person(rows[at].person);
        tell({row.line, row.given, row.kept ? person : PersonId{}, row.kept ? std::nullopt : std::optional(person),
              row.namesake});
    }
    waiting = 0;
}

PeopleImport::PeopleImport(UnitOfWork& work, std::optional<Date> from, Tell tell)
    : parts_(std::make_unique<Parts>(work, work.connection_)) {
    parts_->today = from ? to_text(*from) : std::string(parts_->connection.now_text().substr(0, 10));
    parts_->tell = std::move(tell);
}

PeopleImport::~PeopleImport() = default;

void PeopleImport::add(const Row& row, std::size_t line) {
    Parts& parts = *parts_;
    if (parts.waiting == parts.rows.size())
        parts.rows.emplace_back();
    parts.rows[parts.waiting].take(row, line);
    if (++parts.waiting == rows_at_once)
        parts.store_waiting();
}

std::int64_t PeopleImport::added() const { return parts_->added; }

void PeopleImport::finish() {
    Parts& parts = *parts_;
    parts.store_waiting();
    if (parts.added == 0)
        return;
    parts.work.audit.append({.action = "people.imported",
                             .object = "person " + std::to_string(parts.first) + ".." + std::to_string(parts.last)});
}

} // namespace peercert::storage
