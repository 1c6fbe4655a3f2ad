#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "domain/installation.hpp"
#include "storage/store.hpp"

/// What is done to a database as a whole: made, brought up to date, saved, put back.
namespace peercert::storage {

struct Setup {
    domain::InstallationKind kind{domain::InstallationKind::live};
    std::optional<domain::Instant> demo_clock{}; ///< demo only
    /// For tests and demos that must give the same numbers twice; otherwise random.
    std::optional<domain::CodeBook::Key> number_key{};
};

/// Makes a new database (SQLite: the file, 0600; PostgreSQL: the tables in an empty schema) with its installation row.
/// Throws Error{conflict} if there is one already.
void create_database(const StoreSettings& settings, const Setup& setup, const WriteContext& by);

struct MigrationReport {
    int from{0};                      ///< schema found
    int to{0};                        ///< schema of this program
    std::vector<std::string> steps{}; ///< names of migrations applied (or, in a dry run, to be applied)
    std::string backup{};             ///< file made before, empty if none was needed
};

/// Brings an older database up to date, one transaction a migration, after a backup (SQLite: beside the file, named by
/// schema and time). Throws Error{unavailable} for a newer schema, Error{conflict} if an applied migration is not the
/// one this program knows.
MigrationReport migrate_database(const StoreSettings& settings, const WriteContext& by, bool dry_run);

/// Works out anew what follows from the record and is kept beside it (who is alike, what verification answers). Only
/// needed when `doctor` says so: somebody has changed the database behind the program's back.
void derive_anew(const StoreSettings& settings, const WriteContext& by);

/// Of the backup, and the same whether it is written, rehearsed or put back into either kind of database.
struct CopyReport {
    std::int64_t rows{0};       ///< of the record, in all tables, those of the audit among them
    std::int64_t audit_rows{0}; ///< of the audit
    std::string digest{};       ///< BLAKE2b-256 of the backup file, hex
    /// The audit row by which the restoring itself is recorded, in the new database only; 0 for a backup.
    std::int64_t recorded_as{0};
};

/// A complete copy as one SQLite file, whatever the database is, while it is in use. Written beside `target` under
/// another name, checked, synced, then renamed. Throws Error{conflict} if `target` exists.
CopyReport back_up(const StoreSettings& settings, const std::filesystem::path& target);

/// Puts a backup into a database that does not exist yet or is empty (either kind). Every id, number and audit row is
/// kept; the chain is checked before anything is committed. Issuing is paused afterwards (Numbers::confirm_high_water).
CopyReport restore(const std::filesystem::path& backup, const StoreSettings& settings, const WriteContext& by);

} // namespace peercert::storage
