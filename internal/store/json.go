package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
)

// JSONOf is a column that holds JSON. Nothing is asked about its inside in SQL.
type JSONOf[T any] struct{ V T }

func (j JSONOf[T]) Value() (driver.Value, error) {
	b, err := json.Marshal(j.V)
	return string(b), err
}

func (j *JSONOf[T]) Scan(source any) error {
	switch text := source.(type) {
	case string:
		return json.Unmarshal([]byte(text), &j.V)
	case []byte:
		return json.Unmarshal(text, &j.V)
	}
	return fmt.Errorf("store: JSON column holds %T", source)
}
