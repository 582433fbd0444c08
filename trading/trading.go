// Package trading lets what a village owns: from the asset and the resolution
// over the tender to its published notice.
package trading

import (
	"sunlot/internal/fault"
)

// OtherAsset refuses to turn a case into one of another asset.
func OtherAsset() error {
	return fault.New(fault.Invalid, "资产不能更改，请另行登记或起草").On("asset")
}
