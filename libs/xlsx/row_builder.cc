#include "libs/xlsx/row_builder.h"

#include <utility>

namespace bangkit::xlsx {

void RowBuilder::Begin(std::int64_t number) {
    number_ = number;
    size_ = 0;
    row_ = {};
}

void RowBuilder::Add(std::size_t column, std::string_view text) {
    if (text.empty() || !IsReadable()) return;
    size_ += text.size();
    if (text.size() > limits_.row.field_max || size_ > limits_.row.row_max) {
        return Refuse(csv::Problem::kTooLong);
    }
    Put(column, text);
}

void RowBuilder::AddDamaged(std::size_t column, std::string_view text) {
    if (!IsReadable()) return;
    Put(column, text);
    if (row_.problem != csv::Problem::kNone) return;  // Refused, or an earlier cell is damaged too.
    row_.problem = csv::Problem::kDigitsLost;
    row_.column = column;
}

void RowBuilder::Put(std::size_t column, std::string_view text) {
    if (column >= limits_.columns_max) return Refuse(csv::Problem::kColumnCount);
    row_.fields.resize(column + 1);
    row_.fields[column] = text;
}

std::optional<csv::Row> RowBuilder::End() {
    if (row_.fields.empty() && row_.problem == csv::Problem::kNone) return std::nullopt;
    if (header_ == 0) {
        header_ = number_;
        columns_ = row_.fields.size();
    }
    row_.number = number_ - header_;
    if (IsReadable()) FitToHeader();
    return std::exchange(row_, {});
}

void RowBuilder::Refuse(csv::Problem problem) {
    row_.problem = problem;
    row_.column = 0;
    row_.fields.clear();
}

void RowBuilder::FitToHeader() {
    if (row_.fields.size() > columns_) return Refuse(csv::Problem::kColumnCount);
    row_.fields.resize(columns_);
}

}  // namespace bangkit::xlsx
