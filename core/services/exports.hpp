#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "services/actor.hpp"
#include "services/house.hpp"

namespace peercert::services {

enum class ExportFormat {
    jsonl, ///< a JSON object a line
    csv    ///< RFC 4180, safe to open in a spreadsheet: see exchange/csv.hpp
};

struct ExportReport {
    struct File {
        std::string name;
        std::int64_t rows{0};
        std::string sha256; ///< empty in a rehearsal
    };
    std::vector<File> files;
    std::int64_t rows{0};
};

/// Everything the record holds, in files that need no peercert to be read. Nobody is locked in.
class Exports {
public:
    using Progress = std::function<void(std::int64_t rows)>;

    explicit Exports(House& house) : house_(house) {}

    /// A file for each table of the schema, all of one moment, and "manifest.json", written last: columns, rows and
    /// SHA-256 of each, and what was left out and why. The folder is made, or is empty; files are readable by their
    /// owner only. Only the operator may (Error{forbidden}), and it is recorded that it was done. Throws
    /// Error{conflict} for a folder that holds anything. What was written is removed when it cannot be finished.
    ExportReport everything(const Actor& actor, const std::filesystem::path& folder, ExportFormat format, Mode mode,
                            const Progress& progress = {});

    /// How many rows it will be, for a progress bar.
    std::int64_t rows();

private:
    House& house_;
};

} // namespace peercert::services
