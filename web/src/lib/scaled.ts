// What an image comes to at the size at which photos are shown, upright, as a JPEG.

const edge = 2000; // pixels of the longer side, as the server keeps it
const quality = 0.9; // the server packs it once more

// upright says whether a canvas draws a photo the way it was held: older browsers don't,
// and what says so is lost on the way.
export const upright = () => CSS.supports("image-orientation", "from-image");

export async function scaled(file: File): Promise<Blob> {
  const image = await decoded(file);
  const [width, height] = [image.naturalWidth, image.naturalHeight];
  const by = Math.min(1, edge / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * by);
  canvas.height = Math.round(height * by);
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.fillStyle = "#fff"; // what shows through a picture is paper
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no blob"))), "image/jpeg", quality));
}

// decoded reads the file as a data: address, which pages may show; blob: ones they may not.
async function decoded(file: File): Promise<HTMLImageElement> {
  const url = await new Promise<string>((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result as string);
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(file);
  });
  const image = new Image();
  return new Promise((done, fail) => {
    image.onload = () => done(image);
    image.onerror = () => fail(new Error("no image"));
    image.src = url;
  });
}
