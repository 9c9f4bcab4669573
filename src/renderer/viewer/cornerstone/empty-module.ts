/** Stands in for Node's `url`, which a transitive dependency of vtk.js imports for XML files and the viewer never reads. */
export default {};
