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
          audit_salt(connection.installation().audit_salt), keys_of(audit_salt) {
        if (connection.backend() == Backend::postgresql)
            writer = std::make_unique<PeopleWriterOf<PostgresStatement>>(connection);
        else
            writer = std::make_unique<PeopleWriterOf<SqliteStatement>>(connection);
    }

    void hand_over();
    void collect_keys();
    void find_candidates();
    bool is_duplicate(ImportRow& row, const Candidate& candidate);
    void find_duplicates();
    void find_namesakes();
    void number_kept();
    void vouch_for_kept();
    void write(const Batch& batch);
    void settle();

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
    KeySorter sorter;
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
bool PeopleImport::Parts::is_duplicate(ImportRow& row, const Candidate& candidate) {
    const auto alike = [&](const auto& other) {
        const bool birthday = !row.born.empty() && other.born == row.born;
        if (candidate.pair >= Pair::email_born)
            return other.has_email(row.email) && (birthday || other.has_name(row.key));
        return birthday &&
               (other.has_name(row.key) || (!row.certificate.empty() && other.has_name(row.certificate_key)));
    };
    if (candidate.pair >= Pair::email_certificate)
        return false;
    if (candidate.stored) {
        row.duplicate_of_row.reset();
        row.person = candidate.who;
        return alike(likeness_of(connection, PersonId(candidate.who)));
    }
    const ImportRow* earlier = groups[static_cast<std::size_t>(candidate.who)];
    if (earlier == nullptr)
        return false;
    row.duplicate_of_row = static_cast<std::size_t>(earlier - batch->rows.data());
    return alike(*earlier);
}

void PeopleImport::Parts::find_duplicates() {
    auto candidate = candidates.begin();
    for (std::uint32_t i = 0; i < batch->filled; ++i) {
        ImportRow& row = batch->rows[i];
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
    const auto is_known = [](ImportRow& row) {
        row.kept = false;
        row.namesake = true;
    };
    each_person(connection, all_complete, [&](std::int64_t person, std::string_view key, const Details& details) {
        if (by_name.empty())
            look_at_names();
        const auto named = by_name.find(key);
        if (named == by_name.end())
            return;
        for (const std::uint32_t i : named->second) // people come in any order; the first by id is told
            if ((rows[i].namesake ? person < rows[i].person : rows[i].kept) && may_be_one(rows[i].details(), details)) {
                rows[i].person = person;
                is_known(rows[i]);
            }
    });
    if (all_complete)
        return;
    if (by_name.empty())
        look_at_names();
    for (const auto& [key, same] : by_name)
        for (std::size_t at = 1; at < same.size(); ++at)
            for (std::size_t earlier = 0; earlier < at && rows[same[at]].kept; ++earlier)
                if (rows[same[earlier]].kept && may_be_one(rows[same[at]].details(), rows[same[earlier]].details())) {
                    rows[same[at]].duplicate_of_row = same[earlier];
                    is_known(rows[same[at]]);
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

/// Waits for what is being written, then tells of it. From here to the next hand_over() the connection is free.
void PeopleImport::Parts::settle() {
    if (writing.valid())
        writing.get();
    for (std::size_t i = 0; i < written->filled && tell; ++i) {
        const ImportRow& row = written->rows[i];
        std::size_t at = i; // the row that it is like may itself be like an earlier one
        while (written->rows[at].duplicate_of_row)
            at = *written->rows[at].duplicate_of_row;
        const PersonId person(written->rows[at].person);
        tell({row.line, row.given, row.kept ? person : PersonId{}, row.kept ? std::nullopt : std::optional(person),
              row.namesake});
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
