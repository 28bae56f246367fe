#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libs/status/localized.h"
#include "libs/testing/manual_clock.h"
#include "services/registration/api/import.h"
#include "services/registration/tests/registrations.h"

namespace bangkit::registration {

inline constexpr std::size_t kPiece = 50'000;
inline const std::string kHeader = "nik,nama_pemilik,nama_usaha,jenis,kode_wilayah,kbli\n";

inline std::string RowOf(int number, const std::string& region = "36.74.05.1002") {
    return NikOf(number) + ",Siti,Warung,UMKM," + region + ",4711\n";
}

/// Where the answers of all lines go.
class Answers final : public rpc::LineSink<v1::ImportBusinessesResponse> {
public:
    void Send(v1::ImportBusinessesResponse response) override {
        (response.has_row() ? rows : progress).push_back(std::move(response));
    }
    void LineDone() override { ++done; }

    std::vector<v1::ImportBusinessesResponse> rows;
    std::vector<v1::ImportBusinessesResponse> progress;
    int done = 0;
};

/// One call: what the client sent and what it got.
class ImportTest : public ::testing::Test {
protected:
    /// Moves pieces through the source as the server does; true if the call succeeds.
    bool Import(const std::vector<std::string>& pieces, bool is_cut_off = false) {
        answers_ = std::make_shared<Answers>();
        commands_.clear();
        const auto source =
            MakeImport(checks_, keys_, [this](const RegisterBusiness& row, auto done) {
                commands_.push_back(row);
                done(decide_(row));
            });
        const auto start_lines = [&] {
            while (source->HasLine())
                source->Start(rpc::Line<v1::ImportBusinessesResponse>(answers_));
        };
        for (const std::string& piece : pieces) {
            v1::ImportBusinessesRequest request;
            request.set_content(piece);
            if (!Holds(source->Take(request))) return false;
            start_lines();
        }
        if (is_cut_off) return false;
        EXPECT_FALSE(source->Farewell()->progress().finished());
        if (!Holds(source->End())) return false;
        start_lines();
        last_ = source->Summary()->progress();
        return true;
    }
    bool Import(const std::string& file) {
        std::vector<std::string> pieces;
        for (std::size_t at = 0; at < file.size(); at += kPiece)
            pieces.push_back(file.substr(at, kPiece));
        return Import(pieces);
    }

    /// "column REASON" of every problem of the row `number`; "?" before warnings.
    std::vector<std::string> ProblemsOf(std::int64_t number) const {
        std::vector<std::string> problems;
        for (const v1::ImportBusinessesResponse& answer : answers_->rows) {
            if (answer.row().row() != number) continue;
            for (const v1::ImportRowProblem& each : answer.row().problems()) {
                problems.push_back((each.warning() ? "?" : "") + each.column() + " " +
                                   each.reason());
                EXPECT_EQ(each.message(), status::Indonesian(each.reason()));
                EXPECT_NE(each.message(), status::Indonesian("")) << each.reason();
            }
        }
        return problems;
    }
    static command::Outcome Refuse(ErrorCode code, std::string reason) {
        return Refused(code, std::move(reason), "refused");
    }

    const testing::ManualClock clock_{kNow};
    const crypto::KeyRing keys_ = TestKeys();
    const Checks checks_{Regions(), clock_};
    std::function<command::Outcome(const RegisterBusiness&)> decide_ = [](const auto&) {
        return "";
    };
    std::vector<RegisterBusiness> commands_;
    std::shared_ptr<Answers> answers_;
    v1::ImportProgress last_;
    std::optional<Error> error_;

private:
    bool Holds(const Result<void>& result) {
        error_ = result ? std::nullopt : std::optional(result.error());
        return result.has_value();
    }
};

}  // namespace bangkit::registration
