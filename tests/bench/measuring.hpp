#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

/// What the benchmarks have in common: time, medians, and a database without any of our code.
namespace peercert::bench {

/// Wall-clock seconds that `work` takes.
template <class Work>
double seconds(Work&& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

inline double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// Numbers that look like chance and are the same in every run, on every machine.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15U + 0x632BE59BD9B4E019U) {}
    /// 0 .. below - 1.
    int operator()(int below) {
        state_ ^= state_ << 13U;
        state_ ^= state_ >> 7U;
        state_ ^= state_ << 17U;
        return static_cast<int>((state_ >> 11U) % static_cast<std::uint64_t>(below));
    }

private:
    std::uint64_t state_;
};

class RawDatabase {
public:
    explicit RawDatabase(const std::filesystem::path& file) {
        if (sqlite3_open(file.c_str(), &handle_) != SQLITE_OK)
            throw std::runtime_error("cannot open " + file.string());
    }
    ~RawDatabase() { sqlite3_close(handle_); }
    RawDatabase(const RawDatabase&) = delete;
    RawDatabase& operator=(const RawDatabase&) = delete;
    void run(const std::string& sql) {
        if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(sql + ": " + sqlite3_errmsg(handle_));
    }
    /// Steps through every row; the sum of its second column.
    std::int64_t sum(const std::string& sql, std::int64_t& rows) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
            throw std::runtime_error(sql + ": " + sqlite3_errmsg(handle_));
        std::int64_t sum = 0;
        for (rows = 0; sqlite3_step(statement) == SQLITE_ROW; ++rows)
            sum += sqlite3_column_int64(statement, 1);
        sqlite3_finalize(statement);
        return sum;
    }
    sqlite3* handle() { return handle_; }

private:
    sqlite3* handle_{nullptr};
};

/// A prepared insert; text must live until the row is in.
class RawInsert {
public:
    RawInsert(RawDatabase& database, const char* sql) : database_(database) {
        if (sqlite3_prepare_v2(database.handle(), sql, -1, &statement_, nullptr) != SQLITE_OK)
            throw std::runtime_error(std::string(sql) + ": " + sqlite3_errmsg(database.handle()));
    }
    ~RawInsert() { sqlite3_finalize(statement_); }
    RawInsert(const RawInsert&) = delete;
    RawInsert& operator=(const RawInsert&) = delete;
    template <class... Values>
    void row(const Values&... values) {
        int at = 0;
        (bind(++at, values), ...);
        if (sqlite3_step(statement_) != SQLITE_DONE)
            throw std::runtime_error(sqlite3_errmsg(database_.handle()));
        sqlite3_reset(statement_);
    }

private:
    void bind(int at, std::int64_t value) { sqlite3_bind_int64(statement_, at, value); }
    void bind(int at, std::string_view text) {
        sqlite3_bind_text(statement_, at, text.empty() ? "" : text.data(), static_cast<int>(text.size()),
                          SQLITE_STATIC);
    }

    RawDatabase& database_;
    sqlite3_stmt* statement_{nullptr};
};

} // namespace peercert::bench
