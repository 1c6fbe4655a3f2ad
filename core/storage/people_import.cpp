#include "storage/people_import.hpp"

#include <algorithm>
#include <array>
#include <future>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "domain/resemblance.hpp"
#include "storage/detail/import_rows.hpp"
#include "storage/detail/key_sorter.hpp"
#include "storage/detail/likeness.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/unit_of_work.hpp"

namespace peercert::storage {

namespace {

constexpr std::size_t rows_at_once = 16'384;  // some megabytes
constexpr std::size_t worth_a_thread = 1'000; // rows

/// By what a row is recognised, in the order in which it is asked for.
enum class Pair : std::uint32_t {
    name_born,
    certificate_born,
    email_born,
    email_name,
    email_certificate,
    only_found_by ///< nobody is looked for by it here; it helps to be found (storage/duplicates.hpp)
};

/// A key of a row of this batch.
struct Key {
    std::int64_t key;
    std::uint32_t row;
    Pair pair;
};

/// Rows that are judged and written together.
struct Batch {
    std::vector<ImportRow> rows; ///< used again, so more than are filled
    std::size_t filled{0};
    std::vector<Key> keys;        ///< in order
    std::vector<ImportRow*> kept; ///< those that add somebody
    std::int64_t audit{0};        ///< the audit row that will vouch for them
};

/// Somebody who may be the human in a row: a person in the record, or the first row that was kept of a group of rows
/// that share a key.
struct Candidate {
    std::uint32_t row;
    Pair pair;
    bool stored;
    std::int64_t who; ///< a person, or a group
};

} // namespace

struct PeopleImport::Parts {
    Parts(UnitOfWork& unit, Connection& unit_connection)
        : work(unit), connection(unit_connection), codes(connection.installation().number_key),
          audit_salt(connection.installation().audit_salt), keys_of(audit_salt) {
        if (connection.backend() == Backend::postgresql)
            writer = std::make_unique<PeopleWriterOf<PostgresStatement>>(connection);
        else
            writer = std::make_unique<PeopleWriterOf<SqliteStatement>>(connection);
    }

    void hand_over();
    void collect_keys();
    void find_candidates();
    void look_at(ImportRow& row, const Candidate& candidate);
    void find_duplicates();
    void find_namesakes();
    void number_kept();
    void vouch_for_kept();
    void write(const Batch& batch);
    void settle();
    PersonId person_of(std::size_t row) const;

    /// What one thread needs to vouch for people.
    struct Voucher {
        PersonText text;
        Salts salts;
        RowsDigest digest;
    };
    void vouch(Voucher& voucher, std::size_t from, std::size_t to);

    UnitOfWork& work;
    Connection& connection;
    domain::CodeBook codes;
    domain::CodeBook::Key audit_salt;
    MatchKeys keys_of;
    std::array<Voucher, 2> vouchers;
    std::unique_ptr<PeopleWriter> writer;
    Tell tell;
    std::int64_t first{0};
    std::int64_t last{0};
    std::int64_t added{0};
    std::string today; ///< first day of names and contacts

    std::array<Batch, 2> batches;
    Batch* batch{&batches[0]};   ///< being filled or judged
    Batch* written{&batches[1]}; ///< being written, or done
    KeySorter<Key> sorter;
    std::vector<Candidate> candidates;
    std::vector<const ImportRow*> groups; ///< the first row kept of those that share a key, if any was
    std::future<void> writing;            ///< the last member: it has to end before the others do
};

void PeopleImport::Parts::collect_keys() {
    std::vector<Key>& keys = batch->keys;
    keys.clear();
    for (std::uint32_t i = 0; i < batch->filled; ++i) {
        const ImportRow& row = batch->rows[i];
        const bool certificate = !row.certificate.empty() && row.certificate_key != row.key;
        if (!row.born.empty()) {
            keys.push_back({keys_of.name_and_birthday(row.key, row.born), i, Pair::name_born});
            if (certificate)
                keys.push_back({keys_of.name_and_birthday(row.certificate_key, row.born), i, Pair::certificate_born});
            if (const auto shorter = domain::short_name(row.key))
                keys.push_back({keys_of.name_and_birthday(*shorter, row.born), i, Pair::only_found_by});
            if (const auto shorter = domain::short_name(row.certificate_key))
                keys.push_back({keys_of.name_and_birthday(*shorter, row.born), i, Pair::only_found_by});
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
    const std::vector<Key>& keys = batch->keys;
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
void PeopleImport::Parts::look_at(ImportRow& row, const Candidate& candidate) {
    ImportRow::Other other;
    const auto compare = [&](const auto& known) {
        const bool birthday = !row.born.empty() && known.born == row.born;
        const bool name = known.has_name(row.key) || (!row.certificate.empty() && known.has_name(row.certificate_key));
        const bool email = !row.email.empty() && known.has_email(row.email);
        const bool alike =
            candidate.pair >= Pair::email_born ? email && (birthday || known.has_name(row.key)) : birthday && name;
        if (!alike)
            return;
        other.agreeing = static_cast<int>(name) + static_cast<int>(birthday) + static_cast<int>(email);
        other.other_birthday = !row.born.empty() && !known.born.empty() && !birthday;
        row.may_be(other);
    };
    if (candidate.pair >= Pair::email_certificate)
        return;
    if (candidate.stored) {
        other.person = candidate.who;
        if (row.has_other(other)) // found by another key already: everything was compared then
            return;
        compare(likeness_of(connection, PersonId(candidate.who)));
    } else if (const ImportRow* earlier = groups[static_cast<std::size_t>(candidate.who)]) {
        other.row = static_cast<std::size_t>(earlier - batch->rows.data());
        compare(*earlier);
    }
}

void PeopleImport::Parts::find_duplicates() {
    auto candidate = candidates.begin();
    for (std::uint32_t i = 0; i < batch->filled; ++i) {
        ImportRow& row = batch->rows[i];
        const auto first_candidate = candidate;
        row.kept = true;
        for (; candidate != candidates.end() && candidate->row == i; ++candidate)
            look_at(row, *candidate);
        row.decide();
        if (!row.kept)
            continue;
        for (auto group = first_candidate; group != candidate; ++group)
            if (!group->stored && groups[static_cast<std::size_t>(group->who)] == nullptr)
                groups[static_cast<std::size_t>(group->who)] = &row;
    }
}

/// After those who are alike: rows of which too little is known to tell them from somebody of the same name.
void PeopleImport::Parts::find_namesakes() {
    std::vector<ImportRow>& rows = batch->rows;
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> by_name; // in the order of the rows
    bool all_complete = true;
    for (std::size_t i = 0; i < batch->filled; ++i)
        all_complete = all_complete && (!rows[i].kept || rows[i].details().complete());
    const auto look_at_names = [&] {
        for (std::uint32_t i = 0; i < batch->filled; ++i)
            if (rows[i].kept)
                by_name[rows[i].key].push_back(i);
    };
    each_person(connection, all_complete, [&](std::int64_t person, std::string_view key, const Details& details) {
        if (by_name.empty())
            look_at_names();
        const auto named = by_name.find(key);
        if (named == by_name.end())
            return;
        for (const std::uint32_t i : named->second)
            if (may_be_one(rows[i].details(), details))
                rows[i].may_be_namesake(person, {}, details);
    });
    if (all_complete && by_name.empty())
        return;
    if (by_name.empty())
        look_at_names();
    for (const auto& [key, same] : by_name)
        for (const std::uint32_t at : same) {
            ImportRow& row = rows[at];
            for (const std::uint32_t other : same) {
                // An earlier row that adds somebody, or a later one that is nobody found so far.
                const Details details = rows[other].details();
                const auto is_apart = [&](const ImportRow::Other& one) { return !may_be_one(one.details(), details); };
                const bool counts = other < at ? rows[other].kept
                                               : other > at && !row.others.empty() && details.any() &&
                                                     std::all_of(row.others.begin(), row.others.end(), is_apart);
                if (counts && may_be_one(row.details(), details))
                    row.may_be_namesake(0, other, details);
            }
            row.namesake = !row.others.empty();
            row.decide();
        }
}

void PeopleImport::Parts::number_kept() {
    std::vector<ImportRow*>& kept = batch->kept;
    kept.clear();
    for (std::size_t i = 0; i < batch->filled; ++i)
        if (batch->rows[i].kept)
            kept.push_back(&batch->rows[i]);
    if (kept.empty())
        return;
    connection.changing();
    batch->audit = connection.next_audit();
    std::int64_t next = work.numbers.take_people(static_cast<std::int64_t>(kept.size()));
    first = first == 0 ? next : first;
    for (ImportRow* row : kept)
        row->person = next++;
    last = next - 1;
    added += static_cast<std::int64_t>(kept.size());
}

void PeopleImport::Parts::vouch(Voucher& voucher, std::size_t from, std::size_t to) {
    const Moment moment{connection.now_text(), today, batch->audit};
    voucher.digest.clear();
    for (std::size_t i = from; i < to; ++i) {
        ImportRow& row = *batch->kept[i];
        row.code = codes.person(row.person).str();
        row.salt = voucher.salts.next();
        row.mark = mark_of(voucher.digest.add(audit_salt, voucher.text.of(row, moment)));
    }
}

/// A third of what an import costs, and each row for itself: by two threads.
void PeopleImport::Parts::vouch_for_kept() {
    const std::size_t size = batch->kept.size();
    if (size == 0)
        return;
    const std::size_t half = size < worth_a_thread ? 0 : size / 2;
    auto other =
        std::async(half > 0 ? std::launch::async : std::launch::deferred, [&] { vouch(vouchers[1], half, size); });
    vouch(vouchers[0], 0, half);
    other.get();
    for (const Voucher& voucher : vouchers)
        connection.added(voucher.digest);
}

/// On a thread of its own while the next rows are read: the statements, and nothing that is not in the batch.
void PeopleImport::Parts::write(const Batch& done) {
    if (done.kept.empty())
        return;
    writer->add({done.kept.begin(), done.kept.end()}, {connection.now_text(), today, done.audit});
    std::vector<Match> matches;
    matches.reserve(done.keys.size());
    for (const Key& key : done.keys)
        if (done.rows[key.row].kept)
            matches.push_back({key.key, done.rows[key.row].person});
    // They are in order but for an equal pair twice in one row.
    matches.erase(std::unique(matches.begin(), matches.end()), matches.end());
    MatchIndex::of(connection).add(matches);
}

/// The person of a row that was written. The row that it is like may itself be like an earlier one.
PersonId PeopleImport::Parts::person_of(std::size_t row) const {
    while (written->rows[row].duplicate_of_row)
        row = *written->rows[row].duplicate_of_row;
    return PersonId(written->rows[row].person);
}

/// Waits for what is being written, then tells of it. From here to the next hand_over() the connection is free.
void PeopleImport::Parts::settle() {
    if (writing.valid())
        writing.get();
    for (std::size_t i = 0; i < written->filled && tell; ++i) {
        const ImportRow& row = written->rows[i];
        Told told{.line = row.line, .name_used = row.given, .by_name_alone = row.namesake, .doubt = row.doubt};
        if (row.doubt != Doubt::none) {
            for (const ImportRow::Other& one : row.others)
                told.perhaps.push_back(one.row ? person_of(*one.row) : PersonId(one.person));
            std::sort(told.perhaps.begin(), told.perhaps.end());
        } else if (row.kept) {
            told.person = PersonId(row.person);
        } else {
            told.duplicate_of = person_of(i);
        }
        tell(told);
    }
    written->filled = 0;
}

void PeopleImport::Parts::hand_over() {
    collect_keys();
    settle();
    find_candidates();
    find_duplicates();
    find_namesakes();
    number_kept();
    vouch_for_kept();
    std::swap(batch, written);
    writing = std::async(written->filled < worth_a_thread ? std::launch::deferred : std::launch::async,
                         [this] { write(*written); });
}

PeopleImport::PeopleImport(UnitOfWork& work, std::optional<Date> from, Tell tell)
    : parts_(std::make_unique<Parts>(work, work.connection_)) {
    parts_->today = from ? to_text(*from) : std::string(parts_->connection.now_text().substr(0, 10));
    parts_->tell = std::move(tell);
}

PeopleImport::~PeopleImport() = default;

void PeopleImport::add(const Row& row, std::size_t line) {
    Batch& batch = *parts_->batch;
    if (batch.filled == batch.rows.size())
        batch.rows.emplace_back();
    batch.rows[batch.filled].take(row, line);
    if (++batch.filled == rows_at_once)
        parts_->hand_over();
}

std::int64_t PeopleImport::added() const { return parts_->added; }

void PeopleImport::finish() {
    Parts& parts = *parts_;
    if (parts.batch->filled > 0)
        parts.hand_over();
    parts.settle();
    if (parts.added == 0)
        return;
    parts.work.audit.append({.action = "people.imported",
                             .object = "person " + std::to_string(parts.first) + ".." + std::to_string(parts.last)});
}

} // namespace peercert::storage
