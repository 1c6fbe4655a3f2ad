#include "services/import_file.hpp"

#include <algorithm>

namespace peercert::services {

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

} // namespace

ImportRows::ImportRows(std::istream& file, const ImportColumns& columns, const exchange::CsvReader::Names& names,
                       ImportReport& report, const Imports::Progress& progress)
    : csv_(file, columns.required, columns.optional, names), report_(report), progress_(progress) {
    report_.separator = csv_.separator();
    report_.passed_over = csv_.passed_over();
}

bool ImportRows::next() {
    while (csv_.next()) {
        ++report_.rows;
        if (progress_ && report_.rows % rows_between_progress == 0)
            progress_(csv_.bytes_read());
        errors_before_ = report_.errors;
        if (csv_.fault().empty())
            return true;
        report_.error({csv_.line(), "", "", csv_.fault()});
    }
    return false;
}

void ImportRows::wrong(std::string_view column, const std::string& what) {
    report_.error({csv_.line(), std::string(column), column.empty() ? "" : shortened(csv_.field(column)), what});
}

std::optional<Date> ImportRows::day(std::string_view column, Date today, bool required) {
    const std::string_view text = at(column);
    if (text.empty()) {
        if (required)
            wrong(column, "which day? write YYYY-MM-DD, such as 2024-03-15");
        return std::nullopt;
    }
    const auto day = parse_date(text);
    if (!day)
        wrong(column, "no such day from 1900 on; write YYYY-MM-DD, such as 2024-03-15");
    else if (*day > today)
        wrong(column, "is still to come; only what has happened is recorded");
    else
        return day;
    return std::nullopt;
}

std::vector<std::string> ImportRows::words(std::string_view column) const {
    std::vector<std::string> words;
    std::string_view text = at(column);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        if (const std::string_view word = trimmed(text.substr(0, end)); !word.empty())
            words.emplace_back(word);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

ImportReport import_file(House& house, const Actor& actor, std::istream& file, const ImportColumns& columns,
                         const ImportNames& names, Mode mode, const Imports::Progress& progress,
                         const std::function<void(storage::UnitOfWork&, ImportRows&, ImportReport&)>& body,
                         std::size_t most_kept) {
    ImportReport report;
    try {
        change(house, actor.name, mode, [&](storage::UnitOfWork& work) {
            report = {}; // the unit may run again
            report.most_kept = most_kept;
            rewind(file);
            ImportRows rows(file, columns, names_in_force(work, names, columns.kind), report, progress);
            body(work, rows, report);
            if (report.errors > 0)
                throw HasErrors{};
            remember_names(work, names, columns.kind);
        });
        report.stored = mode == Mode::commit;
    } catch (const HasErrors&) {
        report.added = report.changed = 0;
    }
    return report;
}

} // namespace peercert::services
