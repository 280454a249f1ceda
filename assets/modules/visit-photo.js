/* A photograph made smaller on the device: nothing that a camera writes into its files leaves it. Where it was taken
   is told apart, where the person lets the device say so. */

import { photosOf, setPhotos } from "./visit-form.js";
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
const placeNow = () =>
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

/** The photograph of a file; null where it is none that the device can read.
 * @param {File} file @returns {Promise<Photo | null>} */
const taken = async (file) => {
  try {
    return { key: newKey(), blob: await smaller(file), taken_at: new Date().toISOString(), place: "" };
  } catch {
    return null;
  }
};

/** Adds the photographs of files to a check, each at once; where they were taken follows when the device knows.
 * @param {HTMLElement} check @param {File[]} files @param {() => void} onPlace
 * @returns {Promise<string[]>} the names of the files that are no photographs */
export const addPhotos = async (check, files, onPlace) => {
  const photos = await Promise.all(files.map(taken));
  const good = /** @type {Photo[]} */ (photos.filter(Boolean));
  setPhotos(check, [...photosOf(check), ...good]);
  placeNow().then((place) => {
    const kept = good.filter((photo) => place && photosOf(check).includes(photo));
    kept.forEach((photo) => {
      photo.place = place;
    });
    if (kept.length) {
      onPlace();
    }
  });
  return files.filter((_, number) => !photos[number]).map(({ name }) => name);
};
