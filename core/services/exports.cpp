#include "services/exports.hpp"

#include <fstream>
#include <memory>
#include <span>

#include <peercert/error.hpp>

#include "domain/sha256.hpp"
#include "exchange/csv.hpp"
#include "exchange/json.hpp"
#include "storage/files.hpp"

namespace peercert::services {

namespace {

namespace fs = std::filesystem;
using exchange::Json;
using storage::WholeRecord;

constexpr std::string_view manifest = "manifest.json";
constexpr std::int64_t rows_between_progress = 1000;

std::string_view ending(ExportFormat format) { return format == ExportFormat::csv ? ".csv" : ".jsonl"; }

void require_empty(const fs::path& folder) {
    std::error_code problem;
    const auto status = fs::symlink_status(folder, problem);
    if (!fs::exists(status))
        return;
    if (!fs::is_directory(status))
        throw Error(ErrorCode::conflict, folder.string() + " is no folder; name one that is new or empty");
    if (!fs::is_empty(folder, problem) || problem)
        throw Error(ErrorCode::conflict, folder.string() +
                                             " is not empty; name a folder that is new or empty, so that nothing is "
                                             "written over and nothing old stands among it");
}

void make_folder(const fs::path& folder) {
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (!problem)
        fs::permissions(folder, fs::perms::owner_all, problem); // it holds everything about everybody
    if (problem)
        throw Error(ErrorCode::unavailable, "the folder " + folder.string() + " cannot be made: " + problem.message());
}

/// One file being written, its digest with it.
class Written {
public:
    explicit Written(const fs::path& target) : file_(target), stream_(file_.path(), std::ios::binary) {}

    std::string& line() { return line_; }
    void end_line() {
        constexpr std::size_t enough = 1 << 16;
        line_ += '\n';
        if (line_.size() >= enough)
            flush();
    }
    /// Its SHA-256.
    std::string finish() {
        flush();
        stream_.close();
        if (!stream_)
            throw Error(ErrorCode::unavailable, "the files cannot be written to their end; is the disk full?");
        file_.publish();
        return digest_.finish();
    }

private:
    void flush() {
        digest_.add(line_);
        stream_.write(line_.data(), static_cast<std::streamsize>(line_.size()));
        line_.clear();
    }

    storage::NewFile file_;
    std::ofstream stream_;
    domain::Sha256 digest_;
    std::string line_;
};

void append_json_row(std::string& line, const WholeRecord::Table& table, std::span<const WholeRecord::Field> fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        line += i == 0 ? '{' : ',';
        exchange::append_json_string(line, table.columns[i].name);
        line += ':';
        if (!fields[i])
            line += "null";
        else if (table.columns[i].kind == WholeRecord::Column::Kind::number)
            line += *fields[i];
        else
            exchange::append_json_string(line, *fields[i]);
    }
    line += '}';
}

/// Nothing stands for NULL, two quotes for empty text.
void append_csv_row(std::string& line, std::span<const WholeRecord::Field> fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0)
            line += ',';
        if (fields[i])
            line += fields[i]->empty() ? "\"\"" : exchange::csv_field(*fields[i]);
    }
    line += '\r';
}

void append_header(std::string& line, const WholeRecord::Table& table) {
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        line += (i == 0 ? "" : ",") + table.columns[i].name;
    line += '\r';
}

std::string_view word_of(WholeRecord::Column::Kind kind) {
    switch (kind) {
    case WholeRecord::Column::Kind::text: return "text";
    case WholeRecord::Column::Kind::number: return "whole number";
    case WholeRecord::Column::Kind::bytes: return "bytes in hex";
    }
    return "text";
}

Json manifest_of(const ExportReport& report, ExportFormat format, const domain::Installation& installation) {
    Json files = Json::array();
    for (std::size_t i = 0; i < report.files.size(); ++i) {
        Json columns = Json::object();
        for (const WholeRecord::Column& column : WholeRecord::tables()[i].columns)
            columns.set(column.name, word_of(column.kind));
        files.push(Json::object()
                       .set("file", report.files[i].name)
                       .set("rows", report.files[i].rows)
                       .set("sha256", report.files[i].sha256)
                       .set("columns", std::move(columns)));
    }
    Json left_out = Json::array();
    for (const WholeRecord::LeftOut& one : WholeRecord::left_out())
        left_out.push(Json::object()
                          .set("table", one.table)
                          .set("column", one.column.empty() ? Json() : Json(one.column))
                          .set("because", one.because));
    return Json::object()
        .set("peercert_export", 1)
        .set("schema", WholeRecord::schema())
        .set("installation", domain::to_text(installation.kind))
        .set("format", format == ExportFormat::csv ? "csv" : "jsonl")
        .set("days", "YYYY-MM-DD")
        .set("instants", "YYYY-MM-DDThh:mm:ssZ, UTC")
        .set("files", std::move(files))
        .set("left_out", std::move(left_out));
}

} // namespace

std::int64_t Exports::rows() {
    return house_.store.read([&](storage::UnitOfWork& work) {
        std::int64_t rows = 0;
        for (const WholeRecord::Table& table : WholeRecord::tables())
            rows += work.whole.count(table);
        return rows;
    });
}

ExportReport Exports::everything(const Actor& actor, const fs::path& folder, ExportFormat format, Mode mode,
                                 const Progress& progress) {
    // It is recorded first: what was taken out unrecorded could not be recorded afterwards.
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        authorize(work, actor, Action::take_all_out, {}, house_.today(),
                  Error(ErrorCode::forbidden, "only the operator of this machine may take everything out; a person's "
                                              "own record is theirs with `peercert person packet`"));
        require_empty(folder);
        work.audit.append({.action = "record.exported", .object = "all"});
    });
    if (mode == Mode::commit)
        make_folder(folder);
    std::vector<fs::path> made;
    try {
        return house_.store.read([&](storage::UnitOfWork& work) {
            ExportReport report;
            for (const WholeRecord::Table& table : WholeRecord::tables()) {
                ExportReport::File file{table.name + std::string(ending(format)), 0, {}};
                if (mode == Mode::rehearse) {
                    file.rows = work.whole.count(table);
                } else {
                    Written written(folder / file.name);
                    if (format == ExportFormat::csv) {
                        append_header(written.line(), table);
                        written.end_line();
                    }
                    std::int64_t so_far = report.rows;
                    file.rows = work.whole.each_row(table, [&](std::span<const WholeRecord::Field> fields) {
                        if (format == ExportFormat::csv)
                            append_csv_row(written.line(), fields);
                        else
                            append_json_row(written.line(), table, fields);
                        written.end_line();
                        if (progress && ++so_far % rows_between_progress == 0)
                            progress(so_far);
                    });
                    file.sha256 = written.finish();
                    made.push_back(folder / file.name);
                }
                report.rows += file.rows;
                report.files.push_back(std::move(file));
            }
            if (mode == Mode::commit)
                storage::write_new_file(folder / manifest,
                                        manifest_of(report, format, work.installation.get()).text(2) + "\n");
            return report;
        });
    } catch (...) {
        std::error_code ignored;
        for (const fs::path& file : made)
            fs::remove(file, ignored);
        throw;
    }
}

} // namespace peercert::services
