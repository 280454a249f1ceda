/* A photograph made smaller on the device: nothing that a camera writes into its files leaves it. Where it was taken
   is told apart, where the person lets the device say so. */

import { newKey } from "./visit-store.js";

/** @typedef {import("./visit-store.js").Photo} Photo */

const LONGEST_SIDE = 1600;
const QUALITY = 0.8;
const PLACE_MILLISECONDS = 8000;
const DIGITS = 5;

/** @param {File} file @returns {Promise<Blob>} */
const smaller = async (file) => {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const context = canvas.getContext("2d");
  if (context) {
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  }
  picture.close();
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/jpeg", QUALITY),
  );
};

/** 29.56301,106.55156±12, or empty where the device does not say. @returns {Promise<string>} */
const place = () =>
  new Promise((resolve) => {
    if (!navigator.geolocation) {
      resolve("");
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve(
          `${coords.latitude.toFixed(DIGITS)},${coords.longitude.toFixed(DIGITS)}±${Math.round(coords.accuracy)}`,
        ),
      () => resolve(""),
      { enableHighAccuracy: true, timeout: PLACE_MILLISECONDS, maximumAge: 60_000 },
    );
  });

/** @param {File} file @returns {Promise<Photo>} */
export const taken = async (file) => {
  const [blob, where] = await Promise.all([smaller(file), place()]);
  return { key: newKey(), blob, taken_at: new Date().toISOString(), place: where };
};
