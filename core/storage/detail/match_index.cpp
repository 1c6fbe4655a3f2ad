#include "storage/detail/match_index.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <iterator>
#include <limits>
#include <optional>
#include <string>

#include <soci/soci.h>

#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/detail/use_of.hpp"
#include "storage/detail/values_plain.hpp"

namespace peercert::storage {

namespace {

constexpr std::size_t bytes_each = 16;
static_assert(std::endian::native == std::endian::little, "matches are stored as this machine holds them");
static_assert(sizeof(Match) == bytes_each);

/// Most matches in a row: what fits into one page of SQLite, and what PostgreSQL keeps in the row itself.
std::size_t most_of(Connection& connection) {
    if (connection.backend() != Backend::sqlite)
        return 100;
    int page = 0; // bytes, some of which the page needs for itself
    connection.sql() << "pragma page_size", soci::into(page);
    return static_cast<std::size_t>(page) / bytes_each - 6;
}

constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

template <class Statement>
class MatchIndexOf final : public MatchIndex {
public:
    explicit MatchIndexOf(Connection& connection)
        : most_(most_of(connection)),
          row_(connection, "select lowest, matches from person_match where lowest <= $1 order by lowest desc limit 1"),
          next_(connection, "select lowest from person_match where lowest > $1 order by lowest limit 1"),
          insert_(connection, "insert into person_match (lowest, matches) values ($1, $2)"),
          update_(connection, "update person_match set matches = $1 where lowest = $2"),
          delete_(connection, "delete from person_match where lowest = $1"),
          clear_(connection, "delete from person_match"),
          count_(connection, "select coalesce(sum(length(matches)), 0) from person_match") {}

    void find(const std::vector<std::int64_t>& keys, const Found& found) override {
        for (std::size_t at = 0; at < keys.size(); ++at) {
            const std::int64_t key = keys[at];
            if (at == 0 || (until_ && key >= *until_))
                read(key);
            for (auto match = std::lower_bound(matches_.begin(), matches_.end(), Match{key, smallest});
                 match != matches_.end() && match->key == key; ++match)
                found(at, match->person);
        }
    }

    void add(const std::vector<Match>& matches) override {
        change(matches, [](auto&&... parts) { std::set_union(parts...); });
    }

    void remove(const std::vector<Match>& matches) override {
        change(matches, [](auto&&... parts) { std::set_difference(parts...); });
    }

    void clear() override { clear_.run(); }

    std::int64_t count() override {
        const UseOf use(count_);
        return count_.next() ? count_.integer(0) / static_cast<std::int64_t>(bytes_each) : 0;
    }

private:
    /// The row in which `key` stands or would stand, and where the next one begins.
    void read(std::int64_t key) {
        read_row(key);
        const UseOf use(next_);
        next_.bind(0, read_ ? lowest_ : key);
        until_ = next_.next() ? std::optional(next_.integer(0)) : std::nullopt;
    }

    void read_row(std::int64_t key) {
        const UseOf use(row_);
        row_.bind(0, key);
        read_ = row_.next();
        lowest_ = read_ ? row_.integer(0) : smallest;
        matches_.clear();
        if (!read_)
            return;
        const auto bytes = row_.bytes(1);
        if (bytes.size() % bytes_each != 0)
            damaged("list of matches");
        matches_.resize(bytes.size() / bytes_each);
        if (!bytes.empty()) // an empty row has no address to copy from
            std::memcpy(matches_.data(), bytes.data(), bytes.size());
    }

    /// `combine` is one of the set operations on what a row holds and what is given.
    template <class Combine>
    void change(const std::vector<Match>& matches, const Combine& combine) {
        for (auto from = matches.begin(); from != matches.end();) {
            read(from->key);
            const auto to = until_ ? std::lower_bound(from, matches.end(), Match{*until_, smallest}) : matches.end();
            changed_.clear();
            combine(matches_.begin(), matches_.end(), from, to, std::back_inserter(changed_));
            write();
            from = to;
        }
    }

    /// One row, or as many as it takes; those of one key stay together, so that one row answers for a key.
    void write() {
        const std::size_t size = changed_.size();
        if (size == 0 && read_ && lowest_ != smallest) {
            delete_.bind(0, lowest_);
            delete_.run();
            return;
        }
        const std::size_t target = most_ * 3 / 4;
        const std::size_t rows = size <= most_ ? 1 : (size + target - 1) / target;
        std::size_t begin = 0;
        for (std::size_t row = 1; row <= rows && (begin < size || row == 1); ++row) {
            std::size_t end = row == rows ? size : std::max(begin, size * row / rows);
            while (end > 0 && end < size && changed_[end].key == changed_[end - 1].key)
                ++end;
            const bool first = begin == 0;
            put(first ? lowest_ : changed_[begin].key, begin, end, first && read_);
            begin = end;
        }
    }

    void put(std::int64_t lowest, std::size_t begin, std::size_t end, bool there) {
        const std::string_view bytes(reinterpret_cast<const char*>(changed_.data() + begin),
                                     (end - begin) * bytes_each);
        Statement& statement = there ? update_ : insert_;
        statement.bind_bytes(there ? 0 : 1, bytes);
        statement.bind(there ? 1 : 0, lowest);
        statement.run();
    }

    std::size_t most_;
    Statement row_;
    Statement next_;
    Statement insert_;
    Statement update_;
    Statement delete_;
    Statement clear_;
    Statement count_;
    bool read_{false}; ///< whether there is such a row
    std::int64_t lowest_{smallest};
    std::optional<std::int64_t> until_; ///< the smallest key of the next row, if there is one
    std::vector<Match> matches_;
    std::vector<Match> changed_;
};

} // namespace

MatchIndex& MatchIndex::of(Connection& connection) {
    if (connection.backend() == Backend::postgresql)
        return connection.kept<MatchIndexOf<PostgresStatement>>();
    return connection.kept<MatchIndexOf<SqliteStatement>>();
}

} // namespace peercert::storage
