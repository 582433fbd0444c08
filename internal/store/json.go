package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
)

// jsonOf is a column that holds JSON. Nothing is asked about its inside in SQL.
type jsonOf[T any] struct{ V T }

func (j jsonOf[T]) Value() (driver.Value, error) {
	b, err := json.Marshal(j.V)
	return string(b), err
}

func (j *jsonOf[T]) Scan(source any) error {
	switch text := source.(type) {
	case string:
		return json.Unmarshal([]byte(text), &j.V)
	case []byte:
		return json.Unmarshal(text, &j.V)
	}
	return fmt.Errorf("store: JSON column holds %T", source)
}
