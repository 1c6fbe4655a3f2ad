#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/admin.hpp"
#include "storage/store.hpp"

namespace soci {
class session;
}

namespace peercert::testing {

/// A folder of its own, gone at the end.
class TempFolder {
public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Where a database may be made: a file in a folder of its own, or a schema of its own on the server that
/// PEERCERT_TEST_PG names. Nothing is in it yet; all of it is gone at the end.
class TempPlace {
public:
    explicit TempPlace(storage::Backend backend);
    ~TempPlace();
    TempPlace(const TempPlace&) = delete;
    TempPlace& operator=(const TempPlace&) = delete;

    storage::Backend backend() const { return backend_; }
    storage::StoreSettings settings() const;
    const std::filesystem::path& folder() const { return folder_.path(); }
    std::filesystem::path file() const { return folder_.path() / "peercert.db"; } ///< SQLite only
    /// Runs a statement behind the program's back, triggers and all.
    void tamper(const std::string& statement) const;
    /// Runs a statement as any other program with the same rights could; whether the database let it.
    bool accepts(const std::string& statement) const;
    /// The one value a query gives, as text.
    std::string ask(const std::string& query) const;

private:
    void with_session(const std::function<void(soci::session&)>& fn) const;

    storage::Backend backend_;
    TempFolder folder_;
    std::string schema_;
};

/// SQLite always; PostgreSQL when PEERCERT_TEST_PG says where.
bool postgresql_at_hand();

/// A made database of invented people with a store over it. The number key is always the same, so numbers are too.
class TempDatabase {
public:
    explicit TempDatabase(storage::Backend backend, domain::InstallationKind kind = domain::InstallationKind::live);
    TempPlace& place() { return place_; }
    storage::Store& store() { return *store_; }
    /// Closes the store and opens it again.
    void reopen();
    void close() { store_.reset(); }

private:
    TempPlace place_;
    std::unique_ptr<storage::Store> store_;
};

/// 2026-03-02T09:00:00Z, a Monday, and some hours later.
constexpr domain::Instant morning(int hours_later = 0) {
    using namespace std::chrono;
    return sys_days{year{2026} / 3 / 2} + hours{9 + hours_later};
}
inline const storage::WriteContext by{"test", morning()};

} // namespace peercert::testing
